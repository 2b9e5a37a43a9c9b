"""Minutes that are being gone through as one text, and back: how far somebody is, as it is kept."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from panelkit.domain.foreign import Sure
from panelkit.domain.taking_on import Choice, Group, HalfRead, ReadLine, Unread


def body_of(half: HalfRead) -> str:
    """The lines and what was not read, as one text; :func:`from_body` reads it back."""
    lines = [
        {
            "id": each.id, "group": str(each.group), "what": each.what, "values": dict(each.values),
            "fixed": dict(each.fixed), "raw": each.raw, "where": each.where, "how": each.how,
            "sure": str(each.sure), "doubts": list(each.doubts), "choice": str(each.choice),
            "own": each.own,
        }
        for each in half.lines
    ]  # fmt: skip
    unread = [dataclasses.asdict(each) for each in half.not_read]
    return json.dumps({"lines": lines, "not_read": unread}, ensure_ascii=False)


def from_body(body: str) -> tuple[tuple[ReadLine, ...], tuple[Unread, ...]]:
    """What :func:`body_of` wrote. Raises ValueError, KeyError, TypeError for anything else."""
    told = json.loads(body)
    return (
        tuple(_line(each) for each in told["lines"]),
        tuple(Unread(**each) for each in told["not_read"]),
    )


def _line(told: Mapping[str, Any]) -> ReadLine:
    return ReadLine(
        id=told["id"], group=Group(told["group"]), what=told["what"],
        values=MappingProxyType(dict(told["values"])), fixed=MappingProxyType(dict(told["fixed"])),
        raw=told["raw"], where=told["where"], how=told["how"], sure=Sure(told["sure"]),
        doubts=tuple(told["doubts"]), choice=Choice(told["choice"]), own=bool(told["own"]),
    )  # fmt: skip
