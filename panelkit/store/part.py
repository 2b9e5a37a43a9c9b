"""What each part of a record is written with: :class:`panelkit.store.record.Record` puts them together."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from panelkit.domain.meeting import By
from panelkit.store.keys import Opened


class Part:
    """One part of what a record does; the record itself has the connection."""

    if TYPE_CHECKING:
        opened: Opened

        @property
        def is_on_server(self) -> bool: ...
        def _reading(self) -> AbstractContextManager[Connection]: ...
        def _writing(self) -> AbstractContextManager[Connection]: ...
        def _noting(self) -> AbstractContextManager[Connection]: ...
        def _is_done(
            self, connection: Connection, command: str, by: By, what: str, *, words: bool = False
        ) -> bool: ...
