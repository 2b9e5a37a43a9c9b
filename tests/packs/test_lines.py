"""A wrong value is named by its dotted field and its line."""

from __future__ import annotations

import pytest

from panelkit.domain.errors import BadInput
from panelkit.packs.lines import line_of
from panelkit.packs.reader import parse_pack

PACK = '''format = 1
fiction = true

[case]
ref = "HM-0001"
category = 2

[meeting]
number = 2
level = 2
kind = "review"
held_on = 2026-11-18

[answers.A6]
index_offence = """
[actions]
due = "not a key"
"""

[[actions]]
text = "one"

[[actions]]
text = "two"
due = "soon"

[[earlier]]
[earlier.meeting]
number = 1
'''


@pytest.mark.parametrize(
    ("place", "line"),
    [
        ("case.ref", 5),
        ("answers.A6.index_offence", 15),
        ("actions.1.text", 21),
        ("actions.2.due", 25),
        ("actions.2.owner", 23),
        ("earlier.1.meeting.number", 29),
        ("nowhere", None),
    ],
)
def test_the_line_of_a_field(place: str, line: int | None) -> None:
    assert line_of(PACK, place) == line


def test_a_wrong_value_says_its_field_and_its_line() -> None:
    with pytest.raises(BadInput) as caught:
        parse_pack(PACK.replace("number = 2\n", 'number = "two"\n', 1), "f.toml")
    sentence = caught.value.sentence
    assert "f.toml: meeting.number " in sentence or "f.toml: case.category " in sentence
    assert "(line 9)" in sentence or "(line 6)" in sentence
    assert "soon" not in sentence
