"""From what TOML holds to what the domain holds, one value at a time.

Every text passes the gate here and nowhere else in this package; ids are derived here.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, datetime, time
from typing import Any, Final

from panelkit.domain.errors import BadInput
from panelkit.domain.fields import Field, FieldKind
from panelkit.domain.text import gate

_NAMESPACE: Final = uuid.UUID("6a1d0c5e-6f0e-5d3b-9a59-0f6d5b0b7a11")
"""Fixed for ever: the same pack must give the same ids in every version."""


def derived_id(*parts: object) -> str:
    """The id of what the parts name (case, meeting, kind, number); always the same."""
    return str(uuid.uuid5(_NAMESPACE, ":".join(str(part) for part in parts)))


class Values:
    """Converts the values of one file, and counts what the gate replaced."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.replaced = 0
        self.replaced_in: list[str] = []

    def wrong(self, place: str, sentence: str, remedy: str = "") -> BadInput:
        """The error for a value at the dotted key ``place``."""
        return BadInput(f"{self.name}: {place} {sentence}.", remedy=remedy)

    def text(self, text: str, place: str) -> str:
        """The text as it may be stored."""
        gated = gate(text)
        if gated.replaced:
            self.replaced += gated.replaced
            self.replaced_in.append(place)
        return gated.text

    def instant(self, at: datetime | None, place: str) -> datetime | None:
        """The instant in UTC."""
        try:
            return at.astimezone(UTC) if at else None
        except OverflowError:
            raise self.wrong(place, "is outside the calendar") from None

    def value(self, field: Field, raw: Any, place: str) -> Any:
        """A checked value as the domain holds it."""
        match field.kind:
            case FieldKind.CHOICE:
                return field.term(raw)
            case FieldKind.CHOICES:
                return tuple(field.term(one) for one in raw)
            case FieldKind.ORGANISATIONS:
                return tuple(self.text(one, f"{place}.{n}") for n, one in enumerate(raw, start=1))
            case FieldKind.TIME:
                return time.fromisoformat(raw)
            case FieldKind.INSTANT:
                return self.instant(raw, place)
            case FieldKind.DATE | FieldKind.NUMBER:
                return raw
            case _:
                return self.text(raw, place)

    def described(
        self, data: dict[str, Any], fields: Iterable[Field], prefix: str
    ) -> dict[str, Any]:
        """The described fields that are written in a table, by key."""
        return {
            field.key: self.value(field, data[field.key], f"{prefix}.{field.key}")
            for field in fields
            if field.key in data
        }
