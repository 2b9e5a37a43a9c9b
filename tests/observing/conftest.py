"""The coordinator's desk, for every test of observations."""

from __future__ import annotations

from pathlib import Path

import pytest

from panelkit.services.desk import Desk
from tests.observing.sheets import coordinator


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    """One meeting under way and one closed, in a record of its own."""
    return coordinator(tmp_path)
