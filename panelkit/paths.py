"""Where things are: what was installed with the program, and what it writes for a person."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from panelkit.domain.errors import NotFound

_PACKAGE: Final = Path(__file__).resolve().parent


def shipped(name: str) -> Path:
    """The folder ``templates`` or ``sample_meetings``.

    In the installed program it is inside the package; in a source tree it stands beside
    it. Raises NotFound where it is in neither place, which an installation never lacks.
    """
    for folder in (_PACKAGE / "_shipped" / name, _PACKAGE.parent / name):
        if folder.is_dir():
            return folder
    msg = f"The folder {name} was not installed."
    raise NotFound(msg, remedy="Install panelkit again.")


def default_database() -> Path:
    """The record used where none is named. Nothing is created here."""
    return _data_folder() / "panelkit.db"


def demo_database() -> Path:
    """The record of ``panelkit demo``, apart from the real one: fictional meetings only."""
    return _data_folder() / "demo.db"


def practice_folder() -> Path:
    """Where practices lie, each a record of its own. Nothing is created here."""
    return _data_folder() / "practice"


def log_folder() -> Path:
    """Where crash reports and logs go; they hold no case text."""
    from platformdirs import user_log_path

    return user_log_path("panelkit", appauthor=False)


def settings_file() -> Path:
    """What a person chose on screen, such as the colours. Nothing is created here."""
    from platformdirs import user_config_path

    return user_config_path("panelkit", appauthor=False) / "settings.toml"


def tries_file() -> Path:
    """Where wrong passphrases are counted: ids of records and figures. Nothing is created here."""
    from platformdirs import user_state_path

    return user_state_path("panelkit", appauthor=False) / "tries.json"


def heads_folder() -> Path:
    """Where the heads of records are remembered, outside the records. Nothing is created here."""
    from platformdirs import user_config_path

    return user_config_path("panelkit", appauthor=False) / "heads"


def outbox_folder() -> Path:
    """Where what was typed while a server was away waits, encrypted. Nothing is created here."""
    return _data_folder() / "outbox"


def _data_folder() -> Path:
    from platformdirs import user_data_path

    return user_data_path("panelkit", appauthor=False)
