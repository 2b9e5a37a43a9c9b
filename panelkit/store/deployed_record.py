"""Checks of a record on a server: its schema and rules, its logins, and what each may do."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from panelkit.store import guarding, listed, narrow, search_postgres, searching, triggers
from panelkit.store.deployed import Check, Looking, Said
from panelkit.store.deployed_made import look_at_made
from panelkit.store.engine import NEWEST
from panelkit.store.grants import NARROW, UPDATE, Grant, grants, said

_AGAIN: Final = "The owner of the tables runs panelkit db upgrade, which says the rules again."
_SCHEMA: Final = "relnamespace = to_regnamespace('panelkit') AND relkind IN ('r', 'p')"
_PUBLIC: Final = "everybody (PUBLIC)"


def _schema(looking: Looking) -> Iterator[Said]:
    stored = str(looking.value("SELECT version_num FROM panelkit.alembic_version"))
    if stored < NEWEST:
        yield Said(
            f"The record is at {stored}, older than this panelkit ({NEWEST}).",
            "Have a backup made; then the owner of the tables runs panelkit db upgrade.",
        )
    elif stored > NEWEST:
        yield Said(
            f"The record is at {stored}, newer than this panelkit ({NEWEST}).",
            "Install the newer panelkit on this machine; this one opens nothing there.",
        )


def _owner(looking: Looking) -> Iterator[Said]:
    owners = {
        row.owner
        for row in looking.rows(
            f"SELECT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE {_SCHEMA} "  # noqa: S608 - a constant
            "UNION SELECT pg_get_userbyid(proowner) FROM pg_proc "
            "WHERE pronamespace = to_regnamespace('panelkit') "
            "UNION SELECT pg_get_userbyid(nspowner) FROM pg_namespace WHERE nspname = 'panelkit'"
        )
    }
    if len(owners) > 1:
        yield Said(
            f"The schema, its tables and functions have several owners: {', '.join(sorted(owners))}.",
            "Give all of it to one: ALTER TABLE … OWNER TO …; then panelkit db upgrade as that one.",
        )
    over = looking.rows(
        "SELECT rolname AS name FROM pg_roles WHERE rolsuper OR rolbypassrls ORDER BY 1"
    )
    for row in over:
        if row.name in owners:
            yield Said(
                f"{row.name} owns tables and is not bound by the server’s rules.",
                "Give them to a login that is no superuser and has no BYPASSRLS.",
            )
    for login, name in looking.people.items():
        if login in owners:
            yield Said(
                f"{name} works with {login}, which owns tables: such a login can change the rules.",
                "Give the tables to a login that is nobody’s, or the person another login.",
            )


def _rules(looking: Looking) -> Iterator[Said]:
    found = looking.rows(
        "SELECT relname AS name, relrowsecurity AS on, relforcerowsecurity AS forced, "  # noqa: S608
        "array(SELECT polname::text FROM pg_policy WHERE polrelid = pg_class.oid) AS policies, "
        "array(SELECT polname::text FROM pg_policy WHERE polrelid = pg_class.oid "
        "AND pg_get_expr(polqual, polrelid) = 'true') AS idle "
        f"FROM pg_class WHERE {_SCHEMA} ORDER BY 1"
    )
    for row in found:
        if row.name in guarding.OWN or row.name in search_postgres.TABLES:
            continue  # the check of the search looks at its own
        wanted = guarding.policies_of(row.name)
        if not row.on or not wanted <= set(row.policies) or "seen" in row.idle:
            yield Said(f"Rows of the table {row.name} are hidden from nobody.", _AGAIN)
        elif not row.forced and row.name not in guarding.NOT_FORCED:
            yield Said(f"The rules of the table {row.name} do not bind its owner.", _AGAIN)
        for other in sorted(set(row.policies) - wanted):
            yield Said(
                f"The table {row.name} has a rule that is not panelkit’s: {other}.",
                f"DROP POLICY {other} ON panelkit.{row.name}, unless you know what it is for.",
            )


def _triggers(looking: Looking) -> Iterator[Said]:
    found = {
        (row.table, row.name): row.state
        for row in looking.rows(
            "SELECT relname AS table, tgname AS name, tgenabled AS state FROM pg_trigger "
            "JOIN pg_class ON pg_class.oid = tgrelid "
            "WHERE relnamespace = to_regnamespace('panelkit') AND NOT tgisinternal"
        )
    }
    wanted = [(each.table, each.name) for each in triggers.TRIGGERS]
    wanted += [(when.rpartition(" ")[2], name) for name, when in guarding.TRIGGERS.items()]
    wanted += [(table, name) for name, (table, _when, _made) in narrow.AT_THE_END.items()]
    for table, name in wanted:
        state = found.get((table, name))
        if state in {"O", "A"}:
            continue
        how = "is not there" if state is None else "is turned off"
        yield Said(
            f"The trigger {name} of the table {table} {how}: the server refuses too little.",
            f"Find out who did it. {_AGAIN}",
        )


def _functions(looking: Looking) -> Iterator[Said]:
    there = {
        row.name: (row.source, row.past)
        for row in looking.rows(
            "SELECT proname AS name, prosrc AS source, prosecdef AS past FROM pg_proc "
            "WHERE pronamespace = to_regnamespace('panelkit')"
        )
    }
    for made in guarding.MADE:
        name = narrow.called(made)
        if there.get(name) != (made.split("$$")[1], "SECURITY DEFINER" in made):
            yield Said(f"The function {name}, which the rules ask, is not panelkit’s.", _AGAIN)


def _indexes(looking: Looking) -> Iterator[Said]:
    from panelkit.store.rows import METADATA

    found = {
        row.name: row.good
        for row in looking.rows(
            "SELECT relname AS name, indisvalid AND indisready AS good FROM pg_index "
            "JOIN pg_class ON pg_class.oid = indexrelid "
            "WHERE relnamespace = to_regnamespace('panelkit')"
        )
    }
    wanted = {str(index.name) for table in METADATA.sorted_tables for index in table.indexes}
    for name in sorted(wanted - found.keys()):
        yield Said(f"The index {name} is missing: the program is slow.", "Have the record upgraded or copied anew; a DBA can make it from the schema of another.")  # fmt: skip
    for name, good in sorted(found.items()):
        if not good:
            yield Said(
                f"The index {name} is not valid: what it should find may not be found.",
                f"REINDEX INDEX panelkit.{name}.",
            )


def _search(looking: Looking) -> Iterator[Said]:
    """Whether the index is told of every change; whether it is as the record is, where rows are seen."""
    remedy = "The owner of the tables runs panelkit db index, which makes it anew."
    if not search_postgres.has_table(looking.connection, "search"):
        yield Said("There is no index: nothing is found.", remedy)
        return
    untold = list(search_postgres.untold(looking.connection))
    if untold:
        yield Said(f"The index is not told of changes in {', '.join(untold)}.", remedy)
    (row,) = looking.rows(
        "SELECT relrowsecurity AND relforcerowsecurity AS bound, (SELECT count(*) = 1 AND "  # noqa: S608
        "bool_and(polname = 'seen' AND polroles = ARRAY[relowner]) FROM pg_policy "
        f"WHERE polrelid = pg_class.oid) AS own FROM pg_class WHERE {_SCHEMA} AND relname = 'search'"
    )
    if not row.bound or not row.own:
        yield Said("The index of the search could be read by somebody beside its owner.", remedy)
    if looking.hides("answer") or looking.hides("search"):
        return  # whoever is bound by the rules cannot count what they are not shown
    lag = searching.lag(looking.connection)
    if lag.missing or lag.extra:
        yield Said(
            f"The index lags: {lag.missing} places are not found as they stand, {lag.extra} are gone.",
            remedy,
        )


def _lists(looking: Looking) -> Iterator[Said]:
    """Whether home and those who chase are shown what the record says, where rows are seen."""
    if any(map(looking.hides, ("answer", "falls_due", "standing_action", "screening"))):
        return
    if words := listed.wrong(looking.connection).words:
        yield Said(
            words,
            "The owner of the tables runs panelkit db index, which makes the lists anew.",
        )


def _granted(looking: Looking) -> Iterator[Said]:
    there = {
        (row.role, row.on_table, row.verb)
        for row in looking.rows("SELECT role, on_table, verb FROM panelkit.granted")
    }
    wanted = {(g.role, g.table, said(g.table, g.verb, _columns(g.table))) for g in grants()}
    number = len(there ^ wanted)
    if number:
        yield Said(f"What the server knows of roles differs from panelkit’s in {number} places.", _AGAIN)  # fmt: skip


def _columns(table: str) -> tuple[str, ...]:
    from panelkit.store.rows import METADATA

    return tuple(METADATA.tables[table].columns.keys()) if table in METADATA.tables else ()


def _each(grant: Grant) -> Iterator[tuple[str, str]]:
    """A grant as the server has it: of the table, or of each of its columns."""
    if grant.verb != UPDATE or grant.table not in NARROW:
        yield grant.table, grant.verb
        return
    for column in sorted(set(_columns(grant.table)) - NARROW[grant.table]):
        yield grant.table, f"{grant.verb} ({column})"


def _rights(looking: Looking) -> Iterator[Said]:
    """What each login may really do with each table, beside what its roles allow."""
    real: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in looking.rows(
        "SELECT relname AS table, pg_get_userbyid(acl.grantee) AS login, acl.privilege_type AS verb "  # noqa: S608
        "FROM pg_class, aclexplode(coalesce(relacl, acldefault('r', relowner))) AS acl "
        f"WHERE {_SCHEMA} AND acl.grantee <> 0 "
        "UNION SELECT relname, pg_get_userbyid(acl.grantee), acl.privilege_type || ' (' || attname || ')' "
        "FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid, aclexplode(attacl) AS acl "
        f"WHERE {_SCHEMA} AND acl.grantee <> 0 "
        "UNION SELECT proname, pg_get_userbyid(acl.grantee), acl.privilege_type "
        "FROM pg_proc, aclexplode(proacl) AS acl "
        "WHERE pronamespace = to_regnamespace('panelkit') AND acl.grantee <> 0"
    ):
        real[row.login].add((row.table, row.verb))
    roles = looking.roles
    for login, name in sorted(looking.people.items()):
        wanted = {one for g in grants() if g.role in roles[login] for one in _each(g)}
        wanted |= {(called, "EXECUTE") for called in guarding.ASKED}
        for more, how in ((real[login] - wanted, "more"), (wanted - real[login], "less")):
            if more:
                first = ", ".join(f"{verb} on {table}" for table, verb in sorted(more)[:3])
                yield Said(
                    f"The login {login} of {name} may do {how} than their roles say: {first}"
                    f"{f' and {len(more) - 3} others' if len(more) > 3 else ''}.",
                    _AGAIN,
                )


def _logins(looking: Looking) -> Iterator[Said]:
    found = {
        row.name: row
        for row in looking.rows(
            'SELECT rolname AS name, rolcanlogin, rolsuper AS "is a superuser", '
            'rolbypassrls AS "sees past the rules (BYPASSRLS)", rolcreaterole AS "makes logins", '
            'rolcreatedb AS "makes databases", rolreplication AS "may copy the whole server", '
            "array(SELECT pg_get_userbyid(roleid)::text FROM pg_auth_members "
            "WHERE member = pg_roles.oid) AS groups FROM pg_roles"
        )
    }
    for login, name in sorted(looking.people.items()):
        role = found.get(login)
        if role is None or not role.rolcanlogin:
            yield Said(
                f"{name}’s login {login} does not exist on the server, or cannot come in.",
                f"CREATE ROLE {login} LOGIN, or give {name} another: panelkit people login.",
            )
            continue
        for what, is_so in role._mapping.items():  # noqa: SLF001 - SQLAlchemy's own name for it
            if is_so is True and what != "rolcanlogin":
                yield Said(
                    f"The login {login} of {name} {what}: the rules of the record do not hold for it.",
                    f"ALTER ROLE {login} NOSUPERUSER NOBYPASSRLS NOCREATEROLE NOCREATEDB NOREPLICATION.",
                )
        if role.groups:
            yield Said(
                f"The login {login} of {name} belongs to {', '.join(sorted(role.groups))}, and has its rights too.",
                f"REVOKE {role.groups[0]} FROM {login}: rights come from the roles in the record alone.",
            )


def _strangers(looking: Looking) -> Iterator[Said]:
    found = looking.rows(
        "SELECT DISTINCT CASE acl.grantee WHEN 0 THEN :public ELSE pg_get_userbyid(acl.grantee) END AS login "  # noqa: S608
        "FROM (SELECT relacl AS acls FROM pg_class WHERE relnamespace = to_regnamespace('panelkit') "
        "UNION ALL SELECT coalesce(proacl, acldefault('f', proowner)) FROM pg_proc "
        "WHERE pronamespace = to_regnamespace('panelkit') "
        "UNION ALL SELECT nspacl FROM pg_namespace WHERE nspname = 'panelkit') AS every, "
        "aclexplode(acls) AS acl ORDER BY 1",
        public=_PUBLIC,
    )
    known = looking.people.keys() | looking.owners
    for row in found:
        if row.login not in known:
            name = "PUBLIC" if row.login == _PUBLIC else row.login
            yield Said(
                f"{row.login} has rights in the record and is nobody in it.",
                f"REVOKE ALL ON ALL TABLES IN SCHEMA panelkit FROM {name}, the same for FUNCTIONS and "
                "for the schema; unless it is there for backups, and its password is kept apart.",
            )
    members = looking.rows(
        "SELECT pg_get_userbyid(member) AS login, pg_get_userbyid(roleid) AS owner "
        "FROM pg_auth_members JOIN pg_roles ON pg_roles.oid = member "
        "WHERE NOT rolsuper ORDER BY 1"
    )
    for row in members:
        if row.owner in looking.owners and row.login not in looking.people:
            yield Said(
                f"{row.login} belongs to {row.owner}, which owns the tables, and can do what it does.",
                f"REVOKE {row.owner} FROM {row.login}.",
            )


RECORD: Final = tuple(
    Check(name, about, look, of_record=True)
    for name, about, look in (
        ("schema", "the version of the record", _schema),
        ("owner", "who owns the tables", _owner),
        ("rules", "which rows are hidden from whom", _rules),
        ("triggers", "what the server refuses by itself", _triggers),
        ("functions", "what the rules ask", _functions),
        ("made", "whether all of it is as panelkit makes it", look_at_made),
        ("indexes", "the indexes", _indexes),
        ("search", "the index of the search", _search),
        ("lists", "the lists that follow from the meetings", _lists),
        ("granted", "what the server knows of roles", _granted),
        ("rights", "what each login may do", _rights),
        ("logins", "the logins of people", _logins),
        ("strangers", "who else has rights in the record", _strangers),
    )
)
"""Every check of a record, in the order in which they are said."""
