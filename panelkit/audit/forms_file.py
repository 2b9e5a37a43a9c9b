"""What a file of audit forms may hold. The shipped file is checked by the tests."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from panelkit import tomlfile

KEY: Final = r"^[a-z][a-z0-9_]{0,40}$"
ID: Final = r"^[A-Z][A-Z0-9]{0,7}$"
QUESTION: Final = r"^[A-Z][A-Z0-9]{0,7}(\.[0-9]{1,2}){0,2}$"
PATTERNS: Final = {
    KEY: "small letters, digits and underscores",
    ID: "capital letters and digits, such as K",
    QUESTION: "such as K6.6, in quotation marks",
}

Words = Annotated[str, Field(min_length=1, max_length=2000)]


class Table(BaseModel):
    """Nothing converted, nothing unknown."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)


class OptionTable(Table):
    """One answer of a scale."""

    key: Annotated[str, Field(pattern=KEY)]
    value: Annotated[int, Field(ge=0, le=100)]
    label: Words


class ScaleTable(Table):
    """Answers, best first."""

    counts: Literal["scores", "codes"]
    options: Annotated[list[OptionTable], Field(min_length=2, max_length=12)]


class QuestionTable(Table):
    """A question of its own, or what differs in one that is there."""

    section: Words | None = None
    text: Words | None = None
    scale: Annotated[str, Field(pattern=KEY)] | None = None
    method: Literal["AUTO", "AUTO+H", "HEUR", "HUMAN"] | None = None
    answer: str | None = None
    note: str | None = None
    matter: str | None = None
    official: bool | None = None
    source: Words | None = None
    standing: Literal["seen", "recalled", "inferred"] | None = None
    observed: bool | None = None
    """True: somebody who only sat in the meeting can judge it."""
    use: bool = True
    """False leaves it out."""


class FormTable(Table):
    """A form of its own, or what differs in one that is there."""

    title: Words | None = None
    place: Words | None = None
    kind: Literal["case", "meeting"] | None = None
    source: Words | None = None
    complete: bool | None = None
    unseen: str | None = None
    question: dict[Annotated[str, Field(pattern=QUESTION)], QuestionTable] = {}


class LocalTable(Table):
    """Questions of our own that stand beside forms and are added up apart."""

    title: Words | None = None
    beside: list[Annotated[str, Field(pattern=ID)]] | None = None
    source: Words | None = None
    question: dict[Annotated[str, Field(pattern=QUESTION)], QuestionTable] = {}


class FormsFile(Table):
    """One file."""

    format: Literal[1]
    scale: dict[Annotated[str, Field(pattern=KEY)], ScaleTable] = {}
    form: dict[Annotated[str, Field(pattern=ID)], FormTable] = {}
    local: dict[Annotated[str, Field(pattern=ID)], LocalTable] = {}


def check(data: dict[str, Any], name: str) -> None:
    """Raises BadInput, with the dotted key, for anything a file of forms may not hold."""
    try:
        FormsFile.model_validate(data)
    except ValidationError as wrong:
        raise tomlfile.refused(wrong, data, name, PATTERNS) from None
