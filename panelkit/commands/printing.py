"""How a command says something: nothing in what it prints acts on a terminal."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from panelkit.domain.text import gate


def say(text: str) -> None:
    """Words on standard output; nothing in them acts on a terminal."""
    sys.stdout.write(gate(text).text + "\n")


def say_facts(facts: Mapping[str, object], notices: Sequence[str], *, as_json: bool) -> int:
    """Names with what stands for each, and then what somebody should know of."""
    if as_json:
        return say_json({**facts, "notices": list(notices)})
    width = max(14, *map(len, facts))
    for name, value in facts.items():
        say(f"{name:<{width}} {value}")
    for words in notices:
        say(words)
    return 0


def say_json(value: Any) -> int:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    return 0
