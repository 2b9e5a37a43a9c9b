"""The schema and the manual follow from the domain."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

from panelkit.domain.agenda import AGENDA
from panelkit.domain.entries import ENTRIES
from panelkit.domain.fields import fields_of
from panelkit.packs.reader import parse_pack
from panelkit.packs.schema import pack_schema, with_reference
from panelkit.packs.writer import write_pack

MANUAL = Path(__file__).parents[2] / "docs" / "packs.md"


SCHEMA = pack_schema()


def defined(name: str) -> dict[str, Any]:
    return SCHEMA["$defs"][name]["properties"]  # type: ignore[no-any-return]


def test_the_schema_is_json_and_has_no_null() -> None:
    text = json.dumps(SCHEMA)
    assert '"null"' not in text
    assert '"default": null' not in text
    assert SCHEMA["required"] == ["format", "case", "meeting"]


def test_every_kind_and_every_answer_is_in_the_schema_with_its_label() -> None:
    for kind in ENTRIES:
        for field in fields_of(kind):
            assert defined(kind.__name__)[field.key]["title"] == field.label
    for item in AGENDA:
        for field in item.fields:
            assert defined(item.code)[field.key]["title"] == field.label


def test_choices_are_listed() -> None:
    assert defined("Attendance")["identity"]["enum"] == ["yes", "no"]


def test_unknown_keys_are_refused_by_the_schema_too() -> None:
    assert all(
        part["additionalProperties"] is False
        for part in SCHEMA["$defs"].values()
        if part.get("type") == "object"
    )


def test_the_example_of_the_manual_is_a_pack() -> None:
    found = re.search(
        r"<!-- example: begin -->\n```toml\n(.*?)```", MANUAL.read_text("utf-8"), re.DOTALL
    )
    assert found
    pack = parse_pack(found[1], "docs/packs.md")
    assert pack.meeting.ref == "WM-0143-2"
    again = parse_pack(write_pack(pack.meeting, pack.earlier), "again")
    assert again.meeting == pack.meeting


def test_the_table_of_the_manual_is_true() -> None:
    page = MANUAL.read_text("utf-8")
    assert with_reference(page) == page, "run: python -m panelkit.packs.schema"
