"""Everything is looked through once in a pause, and never while somebody types."""

from __future__ import annotations

import gc

import pytest

from panelkit.tui import collector
from panelkit.tui.collector import PAUSE, CollectsInPauses


def test_a_pause_is_used_once(monkeypatch: pytest.MonkeyPatch) -> None:
    looked: list[int] = []
    monkeypatch.setattr(collector, "gc", gc)  # the program's own, which looks through everything
    monkeypatch.setattr(gc, "collect", lambda: looked.append(1) or 0)
    app = CollectsInPauses()
    app.last_key_at = 100.0
    assert not app.tidy(100.0 + PAUSE / 2), "somebody types"
    assert app.tidy(100.0 + PAUSE)
    assert not app.tidy(100.0 + 2 * PAUSE), "nothing happened since"
    app.last_key_at = 200.0
    assert not app.tidy(200.1)
    assert app.tidy(200.0 + PAUSE)
    assert len(looked) == 2
