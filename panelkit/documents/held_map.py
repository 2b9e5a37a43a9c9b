"""What somebody said of a file's headings and words, kept in a small TOML file for the next one.

    holds = "events"

    [columns]
    "Date of recall" = "day"

    [words]
    "Recall" = "returned_licence"

It holds nothing of a line. Read strictly: what is not known here is refused, with its place.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Annotated

import tomli_w
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from panelkit.domain.errors import BadInput
from panelkit.domain.headings import Holds
from panelkit.domain.mapping import Told
from panelkit.tomlfile import read_toml, refused, shown

_Word = Annotated[str, Field(min_length=1, max_length=200)]


@lru_cache
def _model() -> type[BaseModel]:
    class HeldMap(BaseModel):
        model_config = ConfigDict(strict=True, extra="forbid", hide_input_in_errors=True)

        holds: str
        sheet: str = ""
        head: int = Field(default=0, ge=0, le=2_000_000)
        columns: dict[_Word, _Word] = {}
        words: dict[_Word, _Word] = {}

    return HeldMap


def read_map(path: Path, holds: Holds) -> Told:
    """What the file says of tables that hold ``holds``. Raises BadInput, naming file and place."""
    data = read_toml(path)
    try:
        said = _model().model_validate(data).model_dump()
    except ValidationError as wrong:
        raise refused(wrong, data, shown(path), {}) from None
    if said["holds"] != str(holds):
        msg = f'{shown(path)}: holds must be "{holds}" for this command.'
        raise BadInput(msg, remedy="Name a mapping made for it.")
    return Told(said["columns"], said["words"], said["sheet"], said["head"])


def map_text(told: Told, holds: Holds) -> str:
    """The same as the text of such a file."""
    said: dict[str, object] = {"holds": str(holds)}
    said |= {k: v for k, v in (("sheet", told.sheet), ("head", told.head)) if v}
    said |= {
        k: dict(v) for k, v in (("columns", told.columns), ("words", told.words)) if v
    }  # fmt: skip
    return tomli_w.dumps(said)
