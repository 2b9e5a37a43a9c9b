"""How a command says something: nothing in what it prints acts on a terminal."""

from __future__ import annotations

import json
import sys
from typing import Any

from panelkit.domain.text import gate


def say(text: str) -> None:
    """Words on standard output; nothing in them acts on a terminal."""
    sys.stdout.write(gate(text).text + "\n")


def say_json(value: Any) -> int:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")
    return 0
