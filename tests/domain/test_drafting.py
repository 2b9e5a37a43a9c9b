"""A note becomes a sentence to start from."""

from __future__ import annotations

import pytest

from panelkit.domain import entries as e
from panelkit.domain.drafting import as_prose, joined
from panelkit.domain.vocabulary import InfoType


@pytest.mark.parametrize(
    ("speaker", "kind", "text", "prose"),
    [
        ("Housing", InfoType.FACT, "The flat falls through", "Housing said that the flat falls through."),
        ("Police", None, "Sarwar visits today!", "Police said that Sarwar visits today!"),
        ("Police", InfoType.INTELLIGENCE, "seen in Aldersby", "Police shared intelligence that seen in Aldersby."),
        ("Trust", InfoType.PROFESSIONAL_OPINION, "He is well", "Trust gave the professional opinion that he is well."),
        ("", InfoType.SELF_REPORT, "He drinks less", "... passed on, as told by the individual, that he drinks less."),
    ],
)  # fmt: skip
def test_who_said_it_stands_first_and_a_missing_speaker_is_a_gap(
    speaker: str, kind: InfoType | None, text: str, prose: str
) -> None:
    assert as_prose(e.Note(id="n", speaker=speaker, info_type=kind, text=text)) == prose


def test_a_sentence_is_set_apart_from_what_stands_there() -> None:
    assert joined("", "A.") == "A."
    assert joined("Before.", "A.") == "Before. A."
    assert joined("Before.\n", "A.") == "Before.\nA."
