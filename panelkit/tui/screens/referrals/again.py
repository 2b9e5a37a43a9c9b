"""That a referral is about the same individual as an earlier one, without saying who."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from panelkit.domain.allocating import again_words
from panelkit.domain.errors import PanelkitError
from panelkit.domain.fields import short_date
from panelkit.domain.people import Act
from panelkit.tui.screens.listing import Listing
from panelkit.tui.screens.statistics.wording import said
from panelkit.tui.widgets.rowlist import Row

if TYPE_CHECKING:
    from panelkit.domain.referrals import Referral
    from panelkit.tui.screens.referrals.queue import ReferralList

NONE: Final = "-"
WIDTHS: Final = (6, 12, 34, 2, 30)


def say_again(panel: ReferralList, one: Referral) -> None:
    """Which earlier referral was of the same individual is chosen; the panel says what was done."""
    if why := panel.desk.why_not(Act.PLAN):
        panel.say(why)
        return
    if not one.is_live:
        panel.say(f"{one.ref} was withdrawn: {one.withdrawn}")
        return
    known = panel.same_as.get(one.id, "")
    before = [each for each in panel.every if each.is_live and each.came_before(one)]
    rows = [_row(each, known) for each in reversed(before)]
    if known:
        rows.append(Row(NONE, (NONE, "", "none of them after all", "", "")))
    if not rows:
        panel.say(f"No referral came before {one.ref}.")
        return

    def chosen(result: tuple[str, str] | None) -> None:
        which = result[0] if result else ""
        if not which:
            return
        try:
            _later, earlier = panel.desk.allocating.again(one.ref, "" if which == NONE else which)
        except PanelkitError as failed:
            panel.say(said(failed))
            return
        panel.done(again_words(one.ref, earlier.ref if earlier is not None else ""))

    title = f"{one.ref}   which earlier referral was of the same individual? No name is kept."
    foot = "Enter takes it   type to filter   Esc back"
    panel.app.push_screen(Listing(title, rows, WIDTHS, foot=foot), chosen)


def _row(one: Referral, known: str) -> Row:
    state = f"{one.state}, said of it now" if one.ref == known else one.state
    day = short_date(one.received_on)
    return Row(one.ref, (one.ref, day, one.organisation, f"L{one.level_asked}", state))
