"""What a person chose on screen, in one small file: read leniently, written whole or not at all."""

from __future__ import annotations

import tomllib
from dataclasses import asdict
from pathlib import Path
from typing import Any

from panelkit.domain.idleness import Patience


def read(path: Path | None) -> dict[str, Any]:
    """What was chosen; nothing where nothing was, or the file cannot be read."""
    try:
        return tomllib.loads(path.read_text("utf-8")) if path else {}
    except (OSError, ValueError):
        return {}


def keep(path: Path, **chosen: str | int) -> None:
    """Keep these beside what else is kept there. Raises OSError."""
    import tomli_w

    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_text(tomli_w.dumps({**read(path), **chosen}), "utf-8")
    fresh.replace(path)


def idle_times(patience: Patience) -> dict[str, object]:
    """The minutes under the names they have in the file."""
    return dict(asdict(patience))
