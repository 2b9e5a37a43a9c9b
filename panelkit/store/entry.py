"""The way into a record on a server: the server's login, which is a person of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sqlalchemy import Connection, select, text

from panelkit.domain.errors import NotAllowed, Refused
from panelkit.store.keys import Keys, Opened
from panelkit.store.tables import CHAIN_KEY, PERSON

if TYPE_CHECKING:
    from panelkit.store.server import Server

KEYRING: Final = "panelkit"
"""What passwords are filed under in the keyring of the operating system."""
PAST_THE_RULES: Final = text(
    "SELECT rolsuper OR rolbypassrls FROM pg_roles WHERE rolname = session_user"
)
"""Whether the server's rules do not bind whoever asks."""


def password_from_keyring(server: Server) -> str:
    """What the operating system's keyring holds for this login; blank where it holds nothing.

    PGPASSWORD and .pgpass are read by the driver itself and come first.
    """
    import os

    if os.environ.get("PGPASSWORD") or not server.login:
        return ""
    try:
        import keyring
        from keyring.errors import KeyringError
    except ImportError:
        return ""
    try:
        found = keyring.get_password(KEYRING, f"{server.login}@{server.host}/{server.database}")
    except KeyringError:
        return ""
    return found or ""


def step_in(connection: Connection, opened: Opened) -> None:
    """``opened`` is whoever the server says that asks.

    Raises NotAllowed for a login that is nobody's, Refused for one that the server's rules do not
    bind: nobody works with such a login.
    """
    login = str(connection.execute(text("SELECT session_user")).scalar())
    here = (PERSON.c.login == login) & (PERSON.c.state == "active")
    person = connection.execute(select(PERSON.c.id).where(here)).scalar()
    if person is None:
        msg = f"The login {login} is nobody’s in this record."
        raise NotAllowed(msg, remedy="An administrator adds you with panelkit people add --login.")
    if connection.execute(PAST_THE_RULES).scalar():
        msg = f"The login {login} sees past the rules of the record."
        raise Refused(msg, remedy="Work with a login that is no superuser and has no BYPASSRLS.")
    opened.person, opened.login = str(person), login
    opened.keys = chain_keys(connection)


def chain_keys(connection: Connection) -> Keys | None:
    """What the journal is chained with; None where it is not keyed."""
    row = connection.execute(select(CHAIN_KEY)).first()
    return Keys(row.id, b"", bytes.fromhex(row.key), row.chain_from) if row else None


def keep_chain_keys(connection: Connection, keys: Keys) -> None:
    """From now on they are the record's."""
    row = {"id": keys.record, "key": keys.chain.hex(), "chain_from": keys.chain_from}
    connection.execute(CHAIN_KEY.insert(), row)
