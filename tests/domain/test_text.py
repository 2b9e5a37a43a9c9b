"""RV05: the gate changes what could do harm, says how much, and leaves every ordinary text alone."""

from __future__ import annotations

import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from panelkit.domain.text import REPLACEMENT, gate, gate_line

BIDI = "\u200e\u200f\u061c\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
BREAKS = ("\r\n", "\r", "\x85", "\u2028", "\u2029", "\x0b", "\x0c")
REFUSED = (
    [chr(n) for n in range(0x20) if chr(n) not in "\t\n\r\x0b\x0c"]
    + [chr(n) for n in range(0x7F, 0xA0) if n != 0x85]
    + list(BIDI)
    + ["\ud800", "\udbff", "\udc00", "\udfff", "\ufdd0", "\ufdef", "\ufffe", "\uffff"]
    + [chr(plane * 0x10000 + low) for plane in range(1, 17) for low in (0xFFFE, 0xFFFF)]
)

anything = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cs"]),
        st.sampled_from([*BIDI, *"\r\n\t\x85\u2028\u2029\x0b\x0c"]),
    )
)

PHRASES = {
    "English": [
        "He said he'd “sort it” – she didn't believe him",
        "Bail to 14 Jan; curfew 19:00–07:00 (tag fitted)",
        "R v Hughes [2013] UKSC 56 [sic] [/] C:\\[temp]\\notes.txt",
        "rent arrears £1,240.50 / €30 / $5 & 12% <12 weeks>",
        "naïve, café, coöperate; 3½ hours; 40 °C; ±2; №7; §12(3)",
        "=SUM(A1:A9) +44 7700 900123 -5 @home {{ x }} ${y} %s \\n",
    ],
    "Welsh": [
        "Mae'r tŷ wedi'i werthu; dŵr, ŵyr, llŷn, gŵyl, pêl-droed",
        "Cyfarfod â'r heddlu ddydd Llun – cytunwyd ar y cynllun",
        "ẀẁẂẃŴŵŶŷÏïÂâÊêÎîÔôÛû",
    ],
    "Polish": [
        "Zażółć gęślą jaźń – „nie wróci” do Łodzi",
        "Spotkanie z kuratorem: środa, 9 września, ul. Świętokrzyska 3",
    ],
    "Urdu": [
        "وہ اپنے بھائی کے گھر رہتا ہے۔",
        "اجلاس ۱۴ جنوری کو ہوگا، پولیس موجود تھی",
        "می\u200cخواهم نیم\u200cفاصله",
    ],
    "others": [
        "ਉਹ ਘਰ ਨਹੀਂ ਸੀ।",
        "他没有回家。",
        "Он не вернулся домой",
        "Ông ấy không về nhà",
        "e\u0301 decomposed and é composed",
    ],
    "emoji": ["👍🏽 👨\u200d👩\u200d👧 🏴󠁧󠁢󠁷󠁬󠁳󠁿 ❤️ 🙂", "☎️ 📍 ✅ ⚠️ 1️⃣"],
    "typography": [
        "‘single’ “double” «guillemets» … • – — \u00a0 \u00ad \ufeff \u200b\u2060 ﬁ ™ ®"
    ],
}
ORDINARY = [phrase for phrases in PHRASES.values() for phrase in phrases]


def test_rv05_five_thousand_ordinary_texts_are_unchanged() -> None:
    seed = 20261123
    rng = random.Random(seed)  # noqa: S311 - chooses test texts
    texts = [
        rng.choice((" ", "\n", "\n\n", "\t", ". ", "; ")).join(
            rng.choices(ORDINARY, k=rng.randint(1, 6))
        )
        for _ in range(5000)
    ]
    changed = [text for text in texts if gate(text).text != text or gate(text).replaced]
    print(f"RV05 seed {seed}: {len(texts)} ordinary texts, {len(changed)} changed")
    assert not changed
    assert all(gate_line(phrase).text == phrase for phrase in ORDINARY)


@given(anything)
@settings(max_examples=1000, deadline=None)
def test_what_has_passed_passes_again_unchanged(text: str) -> None:
    once = gate(text)
    assert gate(once.text).text == once.text
    assert gate(once.text).replaced == 0
    line = gate_line(text)
    assert gate_line(line.text).text == line.text


@given(anything)
@settings(max_examples=1000, deadline=None)
def test_every_change_is_visible_and_counted(text: str) -> None:
    gated = gate(text)
    assert gated.text.count(REPLACEMENT) == text.count(REPLACEMENT) + gated.replaced
    # One character in, one character out, but for CR LF, which is one line break.
    assert len(gated.text) == len(text) - text.count("\r\n")
    kept = text
    for each in BREAKS:
        kept = kept.replace(each, "\n")
    for was, became in zip(kept, gated.text, strict=True):
        assert became in {was, REPLACEMENT}


@given(anything)
@settings(max_examples=1000, deadline=None)
def test_nothing_that_acts_is_left(text: str) -> None:
    passed = gate(text).text
    for character in passed:
        assert character in "\t\n" or unicodedata.category(character) not in {"Cc", "Cs"}
        assert character not in BIDI
    assert passed.encode("utf-8").decode("utf-8") == passed
    assert "\n" not in gate_line(text).text
    assert "\t" not in gate_line(text).text


@pytest.mark.parametrize("each", REFUSED, ids=lambda c: f"U+{ord(c):04X}")
def test_each_refused_character_is_made_visible(each: str) -> None:
    assert gate(f"a{each}b{each}").text == f"a{REPLACEMENT}b{REPLACEMENT}"
    assert gate(f"a{each}b{each}").replaced == 2
    assert gate_line(f"a{each}b").replaced == 1


@pytest.mark.parametrize("each", BREAKS, ids=repr)
def test_each_kind_of_line_break_is_a_newline(each: str) -> None:
    assert gate(f"one{each}two").text == "one\ntwo"
    assert gate(f"one{each}two").replaced == 0
    assert gate_line(f"one{each}\t{each}two").text == "one two"


def test_normal_forms_stay_as_they_were_typed() -> None:
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        text = unicodedata.normalize(form, "Llŷn, Łódź, ﬁ, ½, Å")
        assert gate(text).text == text
