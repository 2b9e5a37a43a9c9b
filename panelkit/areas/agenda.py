"""The agenda of an area: the national one with the area's words, minutes, fields and items.

An area may say more and ask more. It cannot take away a national item or field, or change
what a national blank stops: what a meeting must record is not a local setting.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Any, Final

from panelkit.domain.agenda import AgendaItem
from panelkit.domain.errors import BadInput
from panelkit.domain.fields import Field, FieldKind
from panelkit.domain.vocabulary import Sensitivity, Stops

Written = dict[str, Any]
"""One table of an area file, checked."""

WORDING: Final = frozenset({"label", "ask", "why"})
"""What may be changed of a national field."""

ITEM_WORDING: Final = frozenset(
    {"title", "short", "say", "voice", "guidance", "initial_minutes", "review_minutes", "fields"}
)
"""What may be changed of a national item."""

_CHOOSING: Final = (FieldKind.CHOICE, FieldKind.CHOICES)


def apply(
    agenda: tuple[AgendaItem, ...], changes: dict[str, Written], name: str
) -> tuple[AgendaItem, ...]:
    """The agenda with the changes of one file; BadInput names the dotted key that is wrong."""
    for code, change in changes.items():
        place = f"{name}: agenda.{_shown(code)}"
        if any(item.code == code for item in agenda):
            agenda = tuple(
                _changed(item, change, place) if item.code == code else item for item in agenda
            )
        else:
            agenda = _with_new(agenda, code, change, place)
    return agenda


def _shown(code: str) -> str:
    return code if re.fullmatch(r"[A-Za-z0-9_-]{1,40}", code) else "(a key in quotation marks)"


def _changed(item: AgendaItem, change: Written, place: str) -> AgendaItem:
    words = dict(change)
    if refused := sorted(set(words) - ITEM_WORDING):
        raise BadInput(
            f"{place}.{refused[0]} cannot be changed.",
            remedy=f"An area changes {', '.join(sorted(ITEM_WORDING))}.",
        )
    words.pop("fields", None)
    return dataclasses.replace(item, **words, fields=_fields(item.fields, change, place))


def _with_new(
    agenda: tuple[AgendaItem, ...], code: str, change: Written, place: str
) -> tuple[AgendaItem, ...]:
    if not re.fullmatch(r"X[1-9][0-9]?", code):
        raise BadInput(
            f"{place} is not an agenda item.",
            remedy="Use A1 to A18 for a national item, X1 to X99 for one of your own.",
        )
    words = dict(change)
    for key in ("title", "short", "say", "after"):
        if key not in words:
            raise BadInput(f"{place}.{key} is missing.", remedy="A new item needs it.")
    after = words.pop("after")
    words.pop("fields", None)
    words["entries"] = tuple(words.get("entries") or ())
    item = AgendaItem(code=code, fields=_fields((), change, place), **words)
    for at, before in enumerate(agenda, start=1):
        if before.code == after:
            return (*agenda[:at], item, *agenda[at:])
    raise BadInput(f"{place}.after is not an agenda item.", remedy="Use a code such as A14.")


def _fields(fields: tuple[Field, ...], change: Written, place: str) -> tuple[Field, ...]:
    found = {field.key: field for field in fields}
    for key, written in change.get("fields", {}).items():
        at = f"{place}.fields.{key}"
        found[key] = _reworded(found[key], written, at) if key in found else _new(key, written, at)
    return tuple(found.values())


def _reworded(field: Field, written: Written, place: str) -> Field:
    words = dict(written)
    if refused := sorted(set(words) - WORDING):
        raise BadInput(
            f"{place}.{refused[0]} cannot be changed.",
            remedy=f"An area changes {', '.join(sorted(WORDING))} of a field that is there already.",
        )
    return dataclasses.replace(field, **words)


def _new(key: str, written: Written, place: str) -> Field:
    words = dict(written)
    if "label" not in words:
        raise BadInput(f"{place}.label is missing.", remedy="A new field needs it.")
    kind = FieldKind(words.pop("kind", "words"))
    if (kind in _CHOOSING) != ("choices" in words):
        raise BadInput(
            f"{place}.choices goes with the kinds choice and choices.",
            remedy="Give both, or neither.",
        )
    if "stops" in words:
        words["stops"] = Stops(words["stops"])
    if "sensitivity" in words:
        words["sensitivity"] = Sensitivity(words["sensitivity"])
    return Field(key=key, kind=kind, **words)
