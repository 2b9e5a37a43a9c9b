"""What one organisation supplied, written as Word in the look of the minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from panelkit.domain.fields import long_date
from panelkit.services.minute_taking import MinuteTaking, kind_called
from panelkit.services.supplied import Item, OfMeeting


@dataclass(frozen=True, slots=True)
class _Part:
    ref: str
    heading: str
    items: tuple[Item, ...]


def write(
    taking: MinuteTaking, organisation: str, said: Sequence[str], found: Sequence[OfMeeting],
    output: Path,
) -> Path:  # fmt: skip
    """The file, whole or not at all; it says so where any case in it is invented. Raises CannotWrite."""
    from panelkit.documents import files, word
    from panelkit.documents.compose.supplied import compose_supplied

    record = taking.needs_record()
    template = taking.template(kind_called("full"))
    parts = [_Part(o.ref, f"{o.ref}, {long_date(o.held_on)}", o.items) for o in found]
    fiction = any(record.load(one.meeting_id).case.fiction for one in found)
    tree = compose_supplied(organisation, said, parts, taking.area, template, fiction=fiction)
    target = output / "supplied.docx" if output.is_dir() else output
    return files.write_file(target, word.write(tree, template.house, now=taking.clock())).path
