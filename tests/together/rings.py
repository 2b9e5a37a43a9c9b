"""A keyring for tests: in one file of the test's own folder."""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend
from keyring.errors import PasswordDeleteError, PasswordSetError


class FileRing(KeyringBackend):
    """What it holds is in the file that ``TEST_RING`` names; nothing where none is named."""

    priority = 5.0  # type: ignore[assignment]  # the library declares it as a property of a class

    def _held(self) -> dict[str, str]:
        if "TEST_RING" not in os.environ:
            return {}
        path = Path(os.environ["TEST_RING"])
        return dict(json.loads(path.read_text())) if path.exists() else {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._held().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        if "TEST_RING" not in os.environ:
            raise PasswordSetError(service)
        held = self._held() | {f"{service} {username}": password}
        Path(os.environ["TEST_RING"]).write_text(json.dumps(held))

    def delete_password(self, service: str, username: str) -> None:
        held = self._held()
        if held.pop(f"{service} {username}", None) is None:
            raise PasswordDeleteError(username)
        Path(os.environ["TEST_RING"]).write_text(json.dumps(held))
