"""What each key of the chair's screen does, divided by what keys do; the keys themselves
are in ``tui.keys``."""

from __future__ import annotations

from panelkit.tui.screens.chairkeys.course import Course
from panelkit.tui.screens.chairkeys.looking import Looking
from panelkit.tui.screens.chairkeys.moving import Moving
from panelkit.tui.screens.chairkeys.owing import Owing
from panelkit.tui.screens.chairkeys.saying import Saying
from panelkit.tui.screens.earlier import EarlierWords
from panelkit.tui.screens.fieldhistory import HistoryOfField


class ChairKeys(EarlierWords, HistoryOfField, Moving, Saying, Owing, Course, Looking):
    """Actions of :class:`MeetingScreen`, one for each key."""
