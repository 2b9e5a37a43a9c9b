"""A record that a newer panelkit made is refused before anything could be written to it.

Looked at through a connection that cannot write: the ordinary one, when it lets the file go,
puts into it what the newer program had left in the log beside it.
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

from sqlcipher3 import dbapi2

from panelkit.domain.errors import Refused
from panelkit.store.keys import unlock


def must_not_be_newer(path: Path, newest: str, key: bytes | None) -> None:
    """Raises Refused where the record's schema is later than ``newest``.

    A file that cannot be looked at is left to whoever opens it.
    """
    if not path.is_file() or not path.stat().st_size:
        return
    try:
        looked = dbapi2.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, timeout=0)
    except dbapi2.Error:
        return
    try:
        unlock(looked, key)
        stored = looked.execute("SELECT version_num FROM alembic_version").fetchone()
    except dbapi2.Error:
        return
    finally:
        looked.close()
    if stored and str(stored[0]) > newest:
        msg = "This record was made by a newer panelkit."
        raise Refused(msg, remedy="Install that version; nothing was changed.")
