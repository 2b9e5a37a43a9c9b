"""What an area file may hold: every setting a value with its source."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Annotated, Any, Final, Generic, Literal, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from panelkit import tomlfile
from panelkit.domain import vocabulary as v
from panelkit.domain.conditions import CONDITIONS
from panelkit.domain.entries import BY_KIND
from panelkit.domain.fields import TERMS, FieldKind
from panelkit.domain.plain_words import ANSWERS
from panelkit.domain.updates import BY_KEY as UPDATED

T = TypeVar("T")

ACRONYM: Final = r"^[A-Za-z0-9&/.-]{2,20}$"
KEY: Final = r"^[a-z][a-z0-9_]{1,60}$"
ITEM: Final = r"^[AX][1-9][0-9]?$"
SHIPPED: Final = r"^[a-z][a-z0-9_]*$"
MEASURE: Final = r"^K-[A-Z0-9]{2,8}$"

PATTERNS: Final = {
    ACRONYM: "two to twenty letters or digits",
    KEY: "small letters, digits and underscores",
    ITEM: "an agenda item such as A11",
    SHIPPED: "the name of another area file, without .toml",
    MEASURE: "a key figure such as K-ATT3",
}
"""What each pattern asks for, in words."""

if TYPE_CHECKING:
    # What pydantic checks is made from the vocabulary, which a type checker cannot follow.
    Agency: TypeAlias = str
    Cause: TypeAlias = str
    Kind: TypeAlias = str
    Stops: TypeAlias = str
    Secrecy: TypeAlias = str
    Condition: TypeAlias = str
    Answer: TypeAlias = str
    Vocabulary: TypeAlias = str
    Entries: TypeAlias = str
    Updated: TypeAlias = str
else:
    Agency = Literal[tuple(str(a) for a in v.AgencyType)]
    Cause = Literal[tuple(str(c) for c in v.EmergencyCause)]
    Kind = Literal[tuple(k.value for k in FieldKind)]
    Stops = Literal[tuple(str(s) for s in v.Stops)]
    Secrecy = Literal[tuple(str(s) for s in v.Sensitivity)]
    Condition = Literal[tuple(CONDITIONS)]
    Answer = Literal[ANSWERS]
    Vocabulary = Literal[tuple(TERMS)]
    Entries = Literal[tuple(BY_KIND)]
    Updated = Literal[tuple(UPDATED)]

Words = Annotated[str, Field(min_length=1)]
Minutes = Annotated[int, Field(ge=0, le=480)]
Figure = Annotated[int, Field(ge=0, le=1000)]
Percent = Annotated[int, Field(ge=0, le=100)]


class Table(BaseModel):
    """Nothing converted, nothing unknown."""

    model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)


class Setting(Table, Generic[T]):
    """A value, and where it comes from."""

    value: T
    source: Words


class Settings(Table):
    """Everything but figures. A setting left out keeps the value it extends."""

    marking: Setting[Words] | None = None
    subject_label: Setting[Words] | None = None
    statement: Setting[Words] | None = None
    statement_version: Setting[Words] | None = None
    distribution_rule: Setting[Words] | None = None
    controllers: Setting[list[Words]] | None = None
    accessibility_contact: Setting[Words] | None = None
    referral_contact: Setting[Words] | None = None
    attestation: Setting[list[Words]] | None = None
    quorum: Setting[list[Agency]] | None = None
    child_quorum: Setting[list[Agency]] | None = None
    emergency_quorum: Setting[list[Agency]] | None = None
    emergency_agencies: Setting[list[Agency]] | None = None
    emergency_causes: Setting[Annotated[list[Cause], Field(min_length=1)]] | None = None
    prison_months: Setting[Figure] | None = None
    roles_count_as_presence: Setting[bool] | None = None
    category_four_approved_on: Setting[date] | None = None
    longest_sentence: Setting[Figure] | None = None
    calendar: Setting[Literal["england_and_wales", "weekdays"]] | None = None
    bank_holidays: Setting[list[date]] | None = None
    audit_forms: Setting[Words] | None = None
    observation_form: Setting[Words] | None = None
    practice_folder: Setting[Words] | None = None
    reminder_words: Setting[Literal["references", "actions"]] | None = None
    return_words: Setting[Literal["references", "actions", "names"]] | None = None


class Counting(Table):
    """How the annual tables count, where there is a choice: the rules of ``domain.counting``."""

    t2_count_rule: Setting[Literal["highest", "each"]] | None = None
    t2_category: Setting[Literal["last_hearing", "last_day"]] | None = None
    t2_custody: Setting[Literal["community", "all"]] | None = None
    at_large: Setting[Literal["community", "not_community"]] | None = None


class FieldChange(Table):
    """A field of the area's own, or other words for a national one."""

    label: Words | None = None
    ask: str | None = None
    why: str | None = None
    kind: Kind | None = None
    choices: Vocabulary | None = None
    stops: Stops | None = None
    needed: Condition | None = None
    shown: Condition | None = None
    sensitivity: Secrecy | None = None
    carried: bool | None = None
    can_park: bool | None = None


class ItemChange(Table):
    """An item of the area's own, or other words, minutes and more fields for a national one."""

    title: Words | None = None
    short: Annotated[str, Field(min_length=1, max_length=11)] | None = None
    say: Words | None = None
    voice: str | None = None
    guidance: str | None = None
    initial_minutes: Minutes | None = None
    review_minutes: Minutes | None = None
    held: Condition | None = None
    after: str | None = None
    entries: list[Entries] | None = None
    fields: dict[Annotated[str, Field(pattern=KEY)], FieldChange] = {}


class Organisation(Table):
    """A public body of the area. Never a person."""

    name: Words
    agency: Agency
    ring: Words | None = None
    """Whom to ring about attendance: an office and its number."""


class VagueWords(Table):
    """Words pointed out at the minute taker's desk; what a later file says is added or left out."""

    words: list[Words] = []
    leave_out: list[Words] = []
    suggestion: Words | None = None
    unless: Answer | None = None


class Phrase(Table):
    """Words for an agenda item, with ``...`` where something is filled in."""

    item: Annotated[str, Field(pattern=ITEM)]
    text: Words
    use: bool = True
    """False leaves out the same words of the file that is extended."""


class ReturnQuestion(Table):
    """Something that organisations are asked before a meeting."""

    item: Annotated[str, Field(pattern=ITEM)]
    ask: Words
    source: Words
    agencies: list[Agency] = []
    """Kinds of agency that are asked it; none is all."""
    use: bool = True
    """False leaves out the same question of the file that is extended."""


class AreaFile(Table):
    """One file."""

    name: Words
    extends: Annotated[str, Field(pattern=SHIPPED)] | None = None
    settings: Settings = Settings()
    timescales: dict[Annotated[str, Field(pattern=KEY)], Setting[Figure]] = {}
    everyday_acronyms: list[Annotated[str, Field(pattern=ACRONYM)]] = []
    vague_words: dict[Annotated[str, Field(pattern=KEY)], VagueWords] = {}
    phrase: list[Phrase] = []
    return_question: list[ReturnQuestion] = []
    acronyms: dict[Annotated[str, Field(pattern=ACRONYM)], Words] = {}
    audit: dict[Annotated[str, Field(pattern=KEY)], Setting[bool]] = {}
    audit_figures: dict[Annotated[str, Field(pattern=KEY)], Setting[Figure]] = {}
    targets: dict[Annotated[str, Field(pattern=MEASURE)], Setting[Percent]] = {}
    counting: Counting = Counting()
    updates: dict[Updated, Setting[bool]] = {}
    organisations: list[Organisation] = []
    agenda: dict[str, ItemChange] = {}


def check(data: dict[str, Any], name: str) -> None:
    """Raises BadInput, with the dotted key, for anything an area file may not hold."""
    try:
        AreaFile.model_validate(data)
    except ValidationError as wrong:
        raise tomlfile.refused(wrong, data, name, PATTERNS) from None
