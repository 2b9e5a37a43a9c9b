"""Checks of the server itself: its version, who is let in, what it keeps and what it writes down."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from panelkit.store.deployed import Check, Looking, NotSeen, Said

OLDEST: Final = 15
"""The oldest PostgreSQL that is worked with: since 15 PUBLIC may make nothing in ``public``."""
SKEW: Final = 5
"""Seconds that the two clocks may differ."""
FULL: Final = 0.8
"""Part of the connections in use from which it is said."""
OLD: Final = 1_000_000_000
"""Age of the oldest transaction from which it is said; at twice that the server stops writing."""
_LOCAL: Final = {"", "localhost", "127.0.0.1", "::1"}
_IN_CLEAR: Final = {"password", "ldap", "pam", "radius", "bsd"}
"""Ways in where the password itself goes to the server."""
_ENCRYPTED: Final = {"hostssl", "hostgssenc", "local"}
_MODES: Final = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
_RELOAD: Final = "SELECT pg_reload_conf()"


def _version(looking: Looking) -> Iterator[Said]:
    number = int(looking.setting("server_version_num")) // 10000
    if number < OLDEST:
        yield Said(
            f"The server is PostgreSQL {number}, and {OLDEST} is the oldest that is worked with.",
            "Move the database to a newer server.",
        )


def _encrypted(looking: Looking) -> Iterator[Said]:
    if looking.server.is_here:
        return
    if not looking.value("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()"):
        yield Said(
            "What goes between this machine and the server is not encrypted.",
            "Set ssl = on with a certificate of the server, hostssl in pg_hba.conf, and leave sslmode out of the address.",
        )


def _open_to(looking: Looking) -> set[str]:
    return {each.strip() for each in looking.setting("listen_addresses").split(",")} - _LOCAL


def _unencrypted_open(looking: Looking) -> Iterator[Said]:
    if _open_to(looking) and looking.setting("ssl") != "on":
        yield Said(
            "The server listens to other machines, and encrypts nothing that they send.",
            "Set ssl = on with a certificate, or listen_addresses = 'localhost'.",
        )


def _let_in(looking: Looking) -> Iterator[Said]:
    found = looking.rows(
        "SELECT line_number, type, database, user_name, address, auth_method, error "
        "FROM pg_hba_file_rules ORDER BY line_number"
    )
    for row in found:
        where = f"Line {row.line_number} of pg_hba.conf"
        if row.error:
            yield Said(
                f"{where} cannot be read: {row.error}.",
                "Mend it: the server passes over all of the file.",
            )
        elif row.auth_method == "trust":
            yield Said(
                f"{where} lets {', '.join(row.user_name or ())} in without a password ({_from(row)}).",
                f"Write scram-sha-256, or peer on the machine itself, there; then {_RELOAD}.",
            )
        elif row.auth_method in _IN_CLEAR and row.type not in _ENCRYPTED:
            yield Said(
                f"{where} has passwords sent that can be read on the way ({_from(row)}).",
                f"Write hostssl in place of {row.type}, or scram-sha-256 there; then {_RELOAD}.",
            )
        elif row.type == "host" and row.address not in {*_LOCAL, "samehost"}:
            yield Said(
                f"{where} lets other machines in without encryption ({row.address}).",
                f"Write hostssl in place of host, then {_RELOAD}.",
            )


def _from(row: Any) -> str:
    return f"{row.type} {row.address or ''}".rstrip()


def _durable(looking: Looking) -> Iterator[Said]:
    for whose, name, value in looking.wherever(_MODES):
        if value == _MODES[name]:
            yield Said(
                f"{name} is off for {whose}: what was stored can be lost when the power goes.",
                f"Set {name} = on, then {_RELOAD}. It costs a little time, and is what a record needs.",
            )


def _archived(looking: Looking) -> Iterator[Said]:
    if looking.setting("archive_mode") == "off":
        yield Said(
            "The server’s log of changes (WAL) is not archived: between two backups everything can be lost.",
            "Set archive_mode = on and archive_command or archive_library, and start the server again.",
        )
        return
    ways = [looking.setting("archive_command"), looking.setting("archive_library")]
    if not any(way not in {"", "(disabled)"} for way in ways):
        yield Said(
            "archive_mode is on and nothing says where to: the log of changes piles up on the server.",
            "Set archive_command or archive_library.",
        )
    failed = looking.rows(
        "SELECT last_failed_wal AS wal, last_failed_time AS at FROM pg_stat_archiver "
        "WHERE last_failed_time > coalesce(last_archived_time, '-infinity')"
    )
    for row in failed:
        yield Said(
            f"The last piece of the log of changes was not archived ({row.wal}, {row.at:%d.%m.%Y %H:%M}).",
            "Look at the server’s log for what archive_command says, and at the space where it writes.",
        )


_NOTHING: Final = "nothing of what is typed may reach it"
LOGGED: Final[dict[str, Callable[[str], bool]]] = {
    "log_statement": lambda value: value in {"mod", "all"},
    "log_min_duration_statement": lambda value: value != "-1",
    "log_min_duration_sample": lambda value: value != "-1",
    "log_transaction_sample_rate": lambda value: float(value) > 0,
    "log_parameter_max_length_on_error": lambda value: value != "0",
    "log_error_verbosity": lambda value: value != "terse",
    "log_min_error_statement": lambda value: value in {"debug5", "debug4", "debug3", "debug2", "debug1"},
    "debug_print_parse": lambda value: value == "on",
    "debug_print_rewritten": lambda value: value == "on",
    "debug_print_plan": lambda value: value == "on",
}  # fmt: skip
"""Settings with when they put words of a case into the server's log: statements go with their
parameters, and a row that is refused with all its columns, unless errors are told tersely."""
_SAFE: Final = {
    "log_statement": "ddl", "log_min_duration_statement": "-1", "log_min_duration_sample": "-1",
    "log_transaction_sample_rate": "0", "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse", "log_min_error_statement": "error",
}  # fmt: skip
_WITH_PARAMETERS: Final = {
    "log_statement", "log_min_duration_statement", "log_min_duration_sample", "log_transaction_sample_rate",
}  # fmt: skip


def _logged(looking: Looking) -> Iterator[Said]:
    length = "log_parameter_max_length"
    silent = all(value == "0" for _whose, _name, value in looking.wherever([length]))
    for whose, name, value in looking.wherever(LOGGED):
        if LOGGED[name](value) and not (silent and name in _WITH_PARAMETERS):
            yield Said(
                f"{name} is {value} for {whose}: words of cases can stand in the server’s log.",
                f"Set {name} = {_SAFE.get(name, 'off')}: {_NOTHING}.",
            )


def _watched(looking: Looking) -> Iterator[Said]:
    named = ",".join(
        looking.setting(name) for name in ("shared_preload_libraries", "session_preload_libraries")
    )
    for library in ("auto_explain", "pgaudit"):
        if library in named:
            yield Said(
                f"The server loads {library}, which can write statements with their words into its log.",
                f"Take it out, or set its parameters so that none are written: {_NOTHING}.",
            )


def _encoding(looking: Looking) -> Iterator[Said]:
    encoding = looking.setting("server_encoding")
    if encoding != "UTF8":
        yield Said(
            f"The database’s encoding is {encoding}: names with accents are not kept as they were typed.",
            "Make a database with ENCODING 'UTF8' TEMPLATE template0, and copy the record there.",
        )


def _connect(looking: Looking) -> Iterator[Said]:
    found = looking.value(
        "SELECT EXISTS (SELECT 1 FROM pg_database, "
        "aclexplode(coalesce(datacl, acldefault('d', datdba))) AS acl "
        "WHERE datname = current_database() AND acl.grantee = 0 AND acl.privilege_type = 'CONNECT')"
    )
    if found:
        name = looking.server.database
        yield Said(
            "Every login of the server may enter this database, those of other areas too.",
            f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC, and GRANT CONNECT to each person’s login.',
        )


def _public(looking: Looking) -> Iterator[Said]:
    found = looking.value(
        "SELECT EXISTS (SELECT 1 FROM pg_namespace, "
        "aclexplode(coalesce(nspacl, acldefault('n', nspowner))) AS acl "
        "WHERE nspname = 'public' AND acl.grantee = 0 AND acl.privilege_type = 'CREATE')"
    )
    if found:
        yield Said(
            "Every login may make tables and functions in the schema public.",
            "REVOKE CREATE ON SCHEMA public FROM PUBLIC.",
        )


def _connections(looking: Looking) -> Iterator[Said]:
    most = int(looking.setting("max_connections"))
    kept = sum(
        int(looking.settings.get(name, "0"))
        for name in ("superuser_reserved_connections", "reserved_connections")
    )
    used = int(looking.value("SELECT sum(numbackends) FROM pg_stat_database"))
    if used >= FULL * (most - kept):
        yield Said(
            f"{used} of {most - kept} connections are in use; each program that is open needs one.",
            "Raise max_connections, or find out who else uses the server: SELECT * FROM pg_stat_activity.",
        )


def _clock(looking: Looking) -> Iterator[Said]:
    before = looking.now()
    there = looking.value("SELECT clock_timestamp()")
    here = before + (looking.now() - before) / 2  # a server that is late is not behind
    skew = (there - here).total_seconds()
    if abs(skew) > SKEW:
        ahead = "ahead of" if skew > 0 else "behind"
        yield Said(
            f"The server’s clock is {abs(skew):,.0f} s {ahead} this machine’s.",
            "Set both by the network’s time: what was said when is evidence.",
        )


def _ids(looking: Looking) -> Iterator[Said]:
    age = int(looking.value("SELECT max(age(datfrozenxid)) FROM pg_database WHERE datallowconn"))
    if age > OLD:
        yield Said(
            f"The oldest transaction is {age:,} transactions old; at some two thousand million the server stops.",
            "Look whether autovacuum runs, end transactions that were left open, and run VACUUM.",
        )


def _must_see_hba(looking: Looking) -> Iterator[Said]:
    may = "SELECT has_table_privilege('pg_hba_file_rules', 'SELECT') AND has_function_privilege('pg_hba_file_rules()', 'EXECUTE')"
    if not looking.value(may):
        raise NotSeen
    yield from _let_in(looking)


SERVER: Final = (
    Check("version", "the server’s version", _version),
    Check("encrypted", "whether what goes to the server is encrypted", _encrypted),
    Check("listening", "whether other machines are answered unencrypted", _unencrypted_open),
    Check("let_in", "who is let in how (pg_hba.conf)", _must_see_hba),
    Check("durable", "whether what is stored stays stored", _durable),
    Check("archived", "whether the log of changes is archived", _archived),
    Check("logged", "what the server writes into its log", _logged),
    Check("watched", "what the server loads that writes logs", _watched),
    Check("encoding", "the database’s encoding", _encoding),
    Check("connect", "who may enter the database", _connect),
    Check("public", "who may make things in the schema public", _public),
    Check("connections", "how many connections are in use", _connections),
    Check("clock", "the server’s clock beside this machine’s", _clock),
    Check("ids", "the age of the oldest transaction", _ids),
)
"""Every check of a server, in the order in which they are said."""
