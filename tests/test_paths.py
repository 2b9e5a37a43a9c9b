"""Where the program looks and writes."""

from __future__ import annotations

from pathlib import Path

import pytest

from panelkit import paths
from panelkit.domain.errors import NotFound


def test_shipped_folders_are_found_in_the_wheel_first(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "panelkit"
    beside, inside = tmp_path / "templates", package / "_shipped" / "templates"
    beside.mkdir()
    monkeypatch.setattr(paths, "_PACKAGE", package)
    assert paths.shipped("templates") == beside
    inside.mkdir(parents=True)
    assert paths.shipped("templates") == inside
    with pytest.raises(NotFound):
        paths.shipped("nothing")


def test_the_demo_never_touches_the_real_record() -> None:
    assert paths.default_database().parent == paths.demo_database().parent
    assert paths.default_database() != paths.demo_database()
    assert "panelkit" in str(paths.log_folder())
