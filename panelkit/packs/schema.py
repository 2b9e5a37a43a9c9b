"""The format for editors and for people: JSON Schema, and the table in the manual."""

from __future__ import annotations

from typing import Any, Final

from panelkit.domain.agenda import AGENDA, AgendaItem
from panelkit.domain.case import Case
from panelkit.domain.entries import ENTRIES
from panelkit.domain.fields import Field, FieldKind, fields_of

BEGIN: Final = "<!-- fields: begin (written by panelkit.packs.schema) -->"
END: Final = "<!-- fields: end -->"

_WRITTEN: Final = {
    FieldKind.WORDS: "words",
    FieldKind.LINE: "a line of words",
    FieldKind.ORGANISATION: "an organisation, as in `attendance`",
    FieldKind.PERSON: "a person's name",
    FieldKind.DATE: "date: `2026-11-18`",
    FieldKind.TIME: 'time: `"10:30"`',
    FieldKind.INSTANT: "instant: `2026-11-18T10:30:00Z`",
    FieldKind.NUMBER: "whole number",
    FieldKind.ORGANISATIONS: "list of organisations",
}


def pack_schema(agenda: tuple[AgendaItem, ...] = AGENDA) -> dict[str, Any]:
    """JSON Schema of a pack, for validation and help in an editor."""
    from panelkit.packs.models import pack_model

    schema = pack_model(agenda).model_json_schema()
    _without_null(schema)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **schema,
        "title": "panelkit pack, format 1",
    }


def _without_null(part: Any) -> None:
    """TOML has no null: what is left out has no default to show."""
    if isinstance(part, dict):
        if "default" in part and part["default"] is None:
            del part["default"]
        for value in part.values():
            _without_null(value)
    elif isinstance(part, list):
        for value in part:
            _without_null(value)


def reference_table(agenda: tuple[AgendaItem, ...] = AGENDA) -> str:
    """Every table of a pack with its keys, as Markdown."""
    parts = ["### `[case]`", _rows(fields_of(Case))]
    for item in agenda:
        if item.fields:
            parts += [f"### `[answers.{item.code}]`: {item.title}", _rows(item.fields)]
    for kind in ENTRIES:
        name = f"{kind.follows}.{kind.kind}" if kind.follows else kind.kind
        where = f" ({kind.item})" if kind.item else ""
        parts += [f"### `[[{name}]]`: {kind.title}{where}", _rows(fields_of(kind))]
    from panelkit.packs import beside

    for name, (title, keys) in beside.TABLES.items():
        lines = ["| Key | What it is | What to write |", "|---|---|---|"]
        lines += [f"| `{key.key}` | {key.label} | {beside.written(key)} |" for key in keys]
        parts += [f"### `[[{name}]]`: {title}", "\n".join(lines)]
    return "\n\n".join(parts)


def _rows(fields: tuple[Field, ...]) -> str:
    lines = ["| Key | What it is | What to write |", "|---|---|---|"]
    lines += [f"| `{field.key}` | {field.label} | {_written(field)} |" for field in fields]
    return "\n".join(lines)


def _written(field: Field) -> str:
    if field.kind in (FieldKind.CHOICE, FieldKind.CHOICES):
        terms = ", ".join(f"`{term}`" for term in field.term)
        return f"list of {terms}" if field.kind is FieldKind.CHOICES else terms
    return _WRITTEN[field.kind]


def with_reference(page: str) -> str:
    """The manual page with the table brought up to date between its two marks."""
    before, _, rest = page.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{reference_table()}\n\n{END}{after}"


if __name__ == "__main__":
    from pathlib import Path

    manual = Path(__file__).parents[2] / "docs" / "packs.md"
    manual.write_text(with_reference(manual.read_text(encoding="utf-8")), encoding="utf-8")
