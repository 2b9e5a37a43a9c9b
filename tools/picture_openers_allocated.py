"""What opens the screens of who has what, and of referrals counted, for their pictures."""

from __future__ import annotations

from typing import Any

from picture_desk_allocated import HELD
from picture_openers import Opener, Stage


def allocation(name: str) -> Opener:
    """By the name of what is shown."""

    def show(stage: Stage) -> Any:
        from panelkit.tui.screens.allocation.analysis import AnalysisScreen
        from panelkit.tui.screens.allocation.load import WhoHasWhat
        from panelkit.tui.screens.allocation.moving import NameForm

        desk = stage.desk
        screen = {
            "loads": lambda: WhoHasWhat(desk, HELD),
            "name": lambda: NameForm(desk, desk.allocating.of(HELD)),
            "analysis": lambda: AnalysisScreen(desk),
        }[name]()
        return stage.app.push_screen(screen)  # type: ignore[arg-type]

    return show
