"""What each part of a record is written with: :class:`panelkit.store.record.Record` puts them together."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection, Engine

from panelkit.domain.meeting import By
from panelkit.store.keys import Opened

T = TypeVar("T")


class Part:
    """One part of what a record does; the record itself has the connection."""

    if TYPE_CHECKING:
        opened: Opened
        engine: Engine
        _lock: RLock

        def _glance(self, ask: Callable[[Connection], T]) -> T: ...
        @property
        def is_on_server(self) -> bool: ...
        def _reading(self) -> AbstractContextManager[Connection]: ...
        def _writing(self) -> AbstractContextManager[Connection]: ...
        def _put(self, act: Callable[[Connection], None]) -> None: ...
        def _noting(self) -> AbstractContextManager[Connection]: ...
        def _is_done(
            self, connection: Connection, command: str, by: By, what: str, *, words: bool = False
        ) -> bool: ...
