"""Actions across meetings as a file of the office that chases them: values, a workbook, Word."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Final

from panelkit.domain.action_filter import ActionFilter
from panelkit.domain.action_list import ActionList, ActionRow
from panelkit.domain.chasing import Chased, accepted_words
from panelkit.domain.errors import BadInput
from panelkit.domain.people import Act
from panelkit.services.acting import acting
from panelkit.services.chasing import Chasing
from panelkit.services.choosing import Choosing
from panelkit.store.record import Record

if TYPE_CHECKING:
    from panelkit.documents.files import Written

TEMPLATE: Final = "action_list"
ENDINGS: Final = (".csv", ".xlsx", ".docx")


@acting(Act.CHASE, paper=Act.READ)
class ActionPapers:
    """Verbs over what a filter found."""

    def __init__(self, chasing: Chasing, choosing: Choosing) -> None:
        """``choosing`` knows where templates are."""
        self.chasing = chasing
        self.record: Record = chasing.record
        self.choosing = choosing

    def paper(self, wanted: ActionFilter, found: Sequence[Chased]) -> ActionList:
        """The list as values."""
        area, today = self.chasing.area, self.chasing.today()
        rows = tuple(
            ActionRow(
                ref=one.ref, meeting=one.meeting_ref, origin=one.origin, level=one.level.label,
                organisation=one.action.organisation, owner=one.action.owner, words=one.action.text,
                due=one.action.current_due.isoformat() if one.action.current_due else "",
                standing=one.standing(today), accepted=accepted_words(one.action),
                carried=one.action.times_carried, log=tuple(each.words for each in one.log),
            )
            for one in found
        )  # fmt: skip
        return ActionList(
            area=area.name, marking=area.marking, made_on=today, asked=str(wanted), rows=rows,
            fiction=bool(found) and all(one.fiction for one in found),
        )  # fmt: skip

    def write(self, wanted: ActionFilter, found: Sequence[Chased], target: Path) -> Written:
        """The list as a file, by its ending. Raises BadInput for another, CannotWrite."""
        from panelkit.documents import action_sheets
        from panelkit.documents.files import write_file

        ending, paper = target.suffix.casefold(), self.paper(wanted, found)
        if ending not in ENDINGS:
            raise BadInput(f"A list of actions is written as {', '.join(ENDINGS)}.")
        now = self.chasing.clock()
        if ending == ".csv":
            body = action_sheets.csv_bytes(paper)
        elif ending == ".xlsx":
            body = action_sheets.workbook(paper, now=now)
        else:
            from panelkit.documents import word
            from panelkit.documents.compose.action_list import compose_actions

            template = self.choosing.template(TEMPLATE, TEMPLATE, None)
            body = word.write(compose_actions(paper, template), template.house, now=now)
        return write_file(target, body)
