"""What every test shares: a terminal that no setting of the developer's changes."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from panelkit.tui.terminal import scrub_environment

# Before anything imports Textual: it reads its variables once, on import.
scrub_environment()


@pytest.fixture(autouse=True)
def _nothing_of_the_developers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No record, area or name from outside reaches a test, nor a folder of the account."""
    for name in [name for name in os.environ if name.startswith("PANELKIT_")]:
        if name != "PANELKIT_REQUIRE_OFFICE":
            monkeypatch.delenv(name)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))
