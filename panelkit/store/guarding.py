"""What a server refuses by itself, whatever program asks: rows, rights, and the order of the journal.

    guard(connection)      # says all of it to the server; again after an upgrade
    unguard(connection)    # takes it back

A case that somebody is barred from, or that has members they are not one of, is left out of every
table for their login, as if it were not there. Whoever owns the tables is bound by the same rules
(``FORCE``); only the functions below look past them, each for one question.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from sqlalchemy import Connection, text

from panelkit.domain.people import MAY, Act, Role
from panelkit.store import search_postgres, triggers
from panelkit.store.grants import OF_CASES, grants, said
from panelkit.store.narrow import AT_THE_END, WRITING, called, made_at_the_end

SCHEMA: Final = "panelkit"
"""Where every table of a record lies; wherever a statement below says so, it means that."""
OWN: Final = ("granted", "seed")
"""Tables of the server's rules themselves, beside those of the record; nobody is given the second."""
DEFINED: Final = "STABLE SECURITY DEFINER SET search_path = panelkit, pg_temp"
_HIDING: Final = f"""
    CREATE OR REPLACE FUNCTION {{asked}}() RETURNS SETOF text LANGUAGE sql {DEFINED} AS
    $$ WITH found AS (SELECT md5(id) AS digest FROM {{ids}}() AS id)
       SELECT digest FROM found UNION ALL
       SELECT md5(seed.words || session_user || '{{asked}}' || n) FROM seed, generate_series(
           1, 64 - (SELECT count(*) FROM found) % 64) AS n
       ORDER BY 1 $$"""
"""What is hidden from whoever asks, as digests among as many false ones that there are always a
multiple of 64: that it may be asked, as every policy does, tells nobody whether anything is."""
FUNCTIONS: Final = {
    "me()": f"""
        CREATE OR REPLACE FUNCTION me() RETURNS text LANGUAGE sql {DEFINED} AS
        $$ SELECT id FROM person WHERE login = session_user AND state = 'active' $$""",
    "my_name()": f"""
        CREATE OR REPLACE FUNCTION my_name() RETURNS text LANGUAGE sql {DEFINED} AS
        $$ SELECT name FROM person WHERE login = session_user AND state = 'active' $$""",
    "is_a(text)": f"""
        CREATE OR REPLACE FUNCTION is_a(role text) RETURNS boolean LANGUAGE sql {DEFINED} AS
        $$ SELECT EXISTS (SELECT 1 FROM person WHERE login = session_user AND state = 'active'
           AND role = ANY (string_to_array(roles, ' '))) $$""",
    "may_check()": f"""
        CREATE OR REPLACE FUNCTION may_check() RETURNS boolean LANGUAGE sql {DEFINED} AS
        $$ SELECT {" OR ".join(f"is_a('{role}')" for role in Role if role in MAY[Act.COPY])} $$""",
    "case_ids_hidden()": f"""
        CREATE OR REPLACE FUNCTION case_ids_hidden() RETURNS SETOF text LANGUAGE sql {DEFINED} AS
        $$ SELECT case_id FROM access WHERE person_id = me() AND said = 'barred'
           UNION SELECT case_id FROM access AS one WHERE said = 'member' AND NOT EXISTS
           (SELECT 1 FROM access AS mine WHERE mine.case_id = one.case_id AND mine.said = 'member'
            AND mine.person_id = me()) $$""",
    "meeting_ids_hidden()": f"""
        CREATE OR REPLACE FUNCTION meeting_ids_hidden() RETURNS SETOF text LANGUAGE sql {DEFINED} AS
        $$ SELECT id FROM meeting WHERE case_id IN (SELECT case_ids_hidden()) $$""",
    "hidden_cases()": _HIDING.format(asked="hidden_cases", ids="case_ids_hidden"),
    "hidden_meetings()": _HIDING.format(asked="hidden_meetings", ids="meeting_ids_hidden"),
    "sees_all()": f"""
        CREATE OR REPLACE FUNCTION sees_all() RETURNS boolean LANGUAGE sql {DEFINED} AS
        $$ SELECT may_check() AND NOT EXISTS (SELECT case_ids_hidden()) $$""",
    "cases_let_go()": f"""
        CREATE OR REPLACE FUNCTION cases_let_go() RETURNS SETOF text LANGUAGE sql {DEFINED} AS
        $$ SELECT case_id FROM disposal WHERE state = 'agreed' AND (
           (kind = 'disposed' AND agreed_id NOT IN ('', proposed_id))
           OR (kind = 'handed_back' AND receipt <> ''))
           AND case_id NOT IN (SELECT case_ids_hidden()) $$""",
    "meetings_let_go()": f"""
        CREATE OR REPLACE FUNCTION meetings_let_go() RETURNS SETOF text LANGUAGE sql {DEFINED} AS
        $$ SELECT id FROM meeting WHERE case_id IN (SELECT cases_let_go()) $$""",
    "case_called(text)": f"""
        CREATE OR REPLACE FUNCTION case_called(called text) RETURNS text LANGUAGE sql {DEFINED} AS
        $$ SELECT id FROM "case" WHERE ref = called AND is_a('administrator') $$""",
    "next_referral()": f"""
        CREATE OR REPLACE FUNCTION next_referral() RETURNS integer LANGUAGE sql {DEFINED} AS
        $$ SELECT coalesce(max(number), 0) + 1 FROM referral $$""",
    "head_of_journal()": f"""
        CREATE OR REPLACE FUNCTION head_of_journal(OUT seq integer, OUT hash text) RETURNS SETOF record
        LANGUAGE sql {DEFINED} AS
        $$ SELECT seq, hash FROM journal ORDER BY seq DESC LIMIT 1 $$""",
    **WRITING,
}
"""Questions that are asked past the rules, and answered for the login that asks; and the functions
that write, which the rules bind as they bind the login."""

IN_ORDER: Final = """
    CREATE OR REPLACE FUNCTION journal_follows() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = panelkit, pg_temp AS $$
    DECLARE last record;
    BEGIN
        SELECT seq, hash INTO last FROM journal ORDER BY seq DESC LIMIT 1;
        IF me() IS NOT NULL AND NEW.os_user <> session_user THEN
            RAISE EXCEPTION 'the journal names another login'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF NEW.seq <> coalesce(last.seq, 0) + 1 OR NEW.prev_hash <> coalesce(last.hash, repeat('0', 64))
        THEN
            RAISE EXCEPTION 'the journal goes on from its last entry'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$"""
SIGNED: Final = """
    CREATE OR REPLACE FUNCTION disposal_is_signed() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = panelkit, pg_temp AS $$
    BEGIN
        IF me() IS NULL THEN RETURN NEW; END IF;
        IF (TG_OP = 'INSERT' AND NEW.kind = 'disposed' AND NEW.proposed_id <> me())
            OR (NEW.agreed_id <> '' AND NEW.kind = 'disposed'
                AND (TG_OP = 'INSERT' OR OLD.agreed_id <> NEW.agreed_id) AND NEW.agreed_id <> me())
            OR (TG_OP = 'UPDATE' AND OLD.proposed_id <> NEW.proposed_id)
        THEN
            RAISE EXCEPTION 'a disposal is proposed and agreed by whoever does it'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END $$"""
CHAIRS: Final = """
    CREATE OR REPLACE FUNCTION chair_closes() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = panelkit, pg_temp AS $$
    BEGIN
        IF NEW.state <> OLD.state AND me() IS NOT NULL AND NOT is_a('chair')
            AND (NEW.state IN ('closed', 'approved')
                OR (OLD.state IN ('closed', 'approved') AND NEW.state <> 'issued'))
            AND NOT EXISTS (SELECT 1 FROM hand_over WHERE hand_over.meeting_id = NEW.id)
        THEN
            RAISE EXCEPTION 'a meeting is closed, reopened and approved by a chair'
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NEW;
    END $$"""
"""What comes back from another desk was closed and approved there, whoever takes it in here."""
ASKED: Final = (
    "me", "my_name", "is_a", "may_check", "hidden_cases", "hidden_meetings", "sees_all", "cases_let_go",
    "meetings_let_go", "case_called", "next_referral", "head_of_journal", "take_turn", "journal_goes_on", "keep",
    "meeting_moves", search_postgres.ASKED,
)  # fmt: skip
"""Functions that a login may call: policies do so in its name."""
SETTLED: Final = """
    CREATE OR REPLACE FUNCTION person_is_settled() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER SET search_path = panelkit, pg_temp AS $$
    BEGIN
        IF TG_OP = 'UPDATE' AND OLD.login <> '' THEN PERFORM settle(OLD.login, ''); END IF;
        IF NEW.login <> '' AND NEW.state = 'active' THEN PERFORM settle(NEW.login, NEW.roles); END IF;
        RETURN NULL;
    END $$"""
SETTLE: Final = f"""
    CREATE OR REPLACE FUNCTION settle(called text, with_roles text) RETURNS void LANGUAGE plpgsql
    SET search_path = panelkit, pg_temp AS $$
    DECLARE found record;
    BEGIN
        IF NOT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = called) THEN
            IF with_roles = '' THEN RETURN; END IF;
            RAISE EXCEPTION 'there is no login %', called USING ERRCODE = 'undefined_object';
        END IF;
        EXECUTE format('REVOKE ALL ON ALL TABLES IN SCHEMA panelkit FROM %I', called);
        EXECUTE format('REVOKE ALL ON ALL FUNCTIONS IN SCHEMA panelkit FROM %I', called);
        EXECUTE format('REVOKE ALL ON SCHEMA panelkit FROM %I', called);
        IF with_roles = '' THEN RETURN; END IF;
        EXECUTE format('GRANT USAGE ON SCHEMA panelkit TO %I', called);
        FOR found IN SELECT proc.oid::regprocedure AS asked FROM pg_proc AS proc
            WHERE proc.pronamespace = 'panelkit'::regnamespace AND proc.proname IN
            ({", ".join(f"'{name}'" for name in ASKED)})
        LOOP
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO %I', found.asked, called);
        END LOOP;
        FOR found IN SELECT on_table, string_agg(DISTINCT verb, ', ') AS verbs FROM granted
            WHERE role = ANY (string_to_array(with_roles, ' '))
            AND to_regclass('panelkit.' || quote_ident(on_table)) IS NOT NULL GROUP BY on_table
        LOOP
            EXECUTE format('GRANT %s ON %I TO %I', found.verbs, found.on_table, called);
        END LOOP;
    END $$"""
TRIGGERS: Final = {
    "journal_follows": "BEFORE INSERT ON journal",
    "disposal_is_signed": "BEFORE INSERT OR UPDATE ON disposal",
    "chair_closes": "BEFORE UPDATE ON meeting",
    "person_is_settled": "AFTER INSERT OR UPDATE ON person",
}
"""Triggers that only a server has, each with its function of the same name."""

TOLD: Final = tuple(dict.fromkeys(made for _table, _when, made in AT_THE_END.values()))
MADE: Final = (*FUNCTIONS.values(), IN_ORDER, SIGNED, CHAIRS, SETTLE, SETTLED, *TOLD)
"""The statements that make every function of the rules; a check compares what is there."""

_ANYBODY: Final = "(SELECT me()) IS NOT NULL"
_OPEN_CASE: Final = f"{_ANYBODY} AND md5({{0}}) NOT IN (SELECT hidden_cases())"
_OPEN_MEETING: Final = f"{_ANYBODY} AND md5(meeting_id) NOT IN (SELECT hidden_meetings())"
BY_CASE: Final = {
    "case": "id", "meeting": "case_id", "retention": "case_id", "span": "case_id",
    "outcome": "case_id", "referral": "case_id", "disposal": "case_id", "reminded": "case_id",
    "escalation": "case_id",
}  # fmt: skip
"""Tables that say which case a row is of, and in which column."""
THROUGH: Final = {
    "audit_mark": "EXISTS (SELECT 1 FROM audit WHERE audit.id = audit_mark.audit_id)",
    "screening": "EXISTS (SELECT 1 FROM referral WHERE referral.id = screening.referral_id)",
    # Whose case it is, and whose referral: of what is hidden it is said nothing, not even with whom.
    "allocation": (
        "md5(case_id) NOT IN (SELECT hidden_cases()) AND (referral_id = '' OR EXISTS "
        "(SELECT 1 FROM referral WHERE referral.id = allocation.referral_id))"
    ),
    "referred_again": (
        "EXISTS (SELECT 1 FROM referral WHERE referral.id = referred_again.referral_id) AND "
        "(earlier_id = '' OR EXISTS (SELECT 1 FROM referral WHERE referral.id = referred_again.earlier_id))"
    ),
    # Kept before meetings were kept apart, it is of every meeting that was listed then.
    "sent_out": "meeting_id IS NULL OR md5(meeting_id) NOT IN (SELECT hidden_meetings())",
    # Of no case yet: nobody can say who may open it, so that it is there for whoever began it alone.
    "half_read": "who = (SELECT my_name())",
    "access": (
        "(SELECT is_a('administrator')) OR person_id = (SELECT me()) "
        "OR case_id IN (SELECT cases_let_go())"
    ),
    # Whoever checks the record sees all of the chain, which holds ids and hashes and no word.
    "journal": (
        "(SELECT may_check()) OR (md5(meeting_id) NOT IN (SELECT hidden_meetings()) "
        "AND md5(entity_id) NOT IN (SELECT hidden_cases()))"
    ),
}
"""Tables whose rows are seen as what they hang from is, and who is told who may open a case."""
NOT_FORCED: Final = frozenset(
    "person access granted seed alembic_version chain_key journal command care".split()
)
"""Tables that the functions ask, or that hold nothing of a case: their owner is not bound."""
ONE_S_OWN: Final = {"here_now": "who = (SELECT my_name())"}
"""Tables in which nobody speaks for somebody else, and how a row says whose it is."""
_GOES_WITH: Final = {
    "case": "id IN (SELECT cases_let_go())", "meeting": "case_id IN (SELECT cases_let_go())",
    "audit_mark": "EXISTS (SELECT 1 FROM audit WHERE audit.id = audit_mark.audit_id "
    "AND audit.meeting_id IN (SELECT meetings_let_go()))",
    "screening": "EXISTS (SELECT 1 FROM referral WHERE referral.id = screening.referral_id "
    "AND referral.case_id IN (SELECT cases_let_go()))",
    "allocation": "case_id IN (SELECT cases_let_go()) OR EXISTS (SELECT 1 FROM referral "
    "WHERE referral.id = allocation.referral_id AND referral.case_id IN (SELECT cases_let_go()))",
    "referred_again": "EXISTS (SELECT 1 FROM referral WHERE referral.id IN "
    "(referred_again.referral_id, referred_again.earlier_id) "
    "AND referral.case_id IN (SELECT cases_let_go()))",
    "access": "(SELECT is_a('administrator')) OR case_id IN (SELECT cases_let_go())",
    "here_now": "true", "falls_due": "true",  # it follows from the meeting, and is made again
}  # fmt: skip


def _seen(table: str, columns: frozenset[str]) -> str:
    """Which rows of a table are there for whoever asks."""
    if table in THROUGH:
        return f"{_ANYBODY} AND ({THROUGH[table]})"
    if table in BY_CASE:
        return _OPEN_CASE.format(BY_CASE[table])
    return _OPEN_MEETING if "meeting_id" in columns and table in OF_CASES else _ANYBODY


def _going(table: str) -> str:
    """Which rows of a case may be deleted: those that go with a disposal two people agreed."""
    if table in _GOES_WITH:
        return _GOES_WITH[table]
    if table in BY_CASE:
        return f"{BY_CASE[table]} IN (SELECT cases_let_go())"
    return "meeting_id IN (SELECT meetings_let_go())"


def _tables(connection: Connection, schema: str = SCHEMA) -> dict[str, frozenset[str]]:
    """Of the record, and of its rules; the index of the search has rules of its own."""
    found = connection.execute(
        text(
            "SELECT table_name AS name, array_agg(column_name::text) AS columns "
            "FROM information_schema.columns WHERE table_schema = :schema "
            "AND (table_schema, table_name) IN (SELECT schemaname, tablename FROM pg_tables) "
            "GROUP BY table_name ORDER BY table_name"
        ),
        {"schema": schema},
    )
    left_out = search_postgres.TABLES
    return {row.name: frozenset(row.columns) for row in found if row.name not in left_out}


def guard(connection: Connection) -> None:
    """The server holds the rules from now on; said again, they are the same.

    The caller's transaction is the owner's of the tables, who is in it alone.
    """
    owner = str(connection.execute(text("SELECT current_user")).scalar())
    say_rules(connection, SCHEMA, owner)
    columns = _tables(connection)
    rows = [
        {"r": g.role, "t": g.table, "v": said(g.table, g.verb, columns.get(g.table, ()))}
        for g in grants()
    ]
    connection.execute(text("INSERT INTO granted VALUES (:r, :t, :v)"), rows)
    for login, roles in connection.execute(
        text("SELECT login, roles FROM person WHERE login <> '' AND state = 'active'")
    ).all():
        connection.execute(text("SELECT settle(:login, :roles)"), {"login": login, "roles": roles})


def say_rules(connection: Connection, schema: str, owner: str) -> None:
    """Every table, function, trigger and policy of the rules, in a schema that the search path is
    set to, for tables of ``owner``; nobody is given a right yet."""
    for statement in _statements(connection, schema, owner.replace("'", "''")):
        # No parameter stands in them.
        connection.exec_driver_sql(statement.replace(SCHEMA, schema).replace("%", "%%"))


def _statements(connection: Connection, schema: str, owner: str) -> Iterator[str]:
    yield "DROP TABLE IF EXISTS granted"
    yield "CREATE TABLE granted (role text, on_table text, verb text, PRIMARY KEY (role, on_table, verb))"
    yield "CREATE TABLE IF NOT EXISTS seed (words text PRIMARY KEY)"
    yield "INSERT INTO seed SELECT gen_random_uuid() WHERE NOT EXISTS (SELECT 1 FROM seed)"
    yield from MADE
    for refusing in triggers.TRIGGERS:
        yield f"DROP TRIGGER IF EXISTS {refusing.name} ON {refusing.table}"
        yield from refusing.made(triggers.POSTGRESQL)
    yield "REVOKE ALL ON ALL TABLES IN SCHEMA panelkit FROM PUBLIC"
    yield "REVOKE ALL ON ALL FUNCTIONS IN SCHEMA panelkit FROM PUBLIC"
    yield "REVOKE ALL ON SCHEMA panelkit FROM PUBLIC"
    for name, when in TRIGGERS.items():
        table = when.rpartition(" ")[2]
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield f"CREATE TRIGGER {name} {when} FOR EACH ROW EXECUTE FUNCTION {name}()"
    yield from made_at_the_end()
    # A function of ours looks past the rules for one question: then the owner asks for another.
    past = "(current_user = '{owner}' AND session_user <> current_user)"
    for table, columns in _tables(connection, schema).items():
        if table in OWN:
            continue
        seen = f"({past.format(owner=owner)}) OR ({_seen(table, columns)})"
        yield f'ALTER TABLE "{table}" ENABLE ROW LEVEL SECURITY'
        if table not in NOT_FORCED:
            yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'
        yield f'DROP POLICY IF EXISTS seen ON "{table}"'
        yield f'CREATE POLICY seen ON "{table}" USING ({seen}) WITH CHECK ({seen})'
        if table in OF_CASES:
            yield f'DROP POLICY IF EXISTS goes ON "{table}"'
            yield f'CREATE POLICY goes ON "{table}" AS RESTRICTIVE FOR DELETE USING ({_going(table)})'
        if table in ONE_S_OWN:
            mine = ONE_S_OWN[table]
            for policy, verb in (("adds", "INSERT WITH CHECK"), ("changes", "UPDATE USING")):
                yield f'DROP POLICY IF EXISTS {policy} ON "{table}"'
                yield f'CREATE POLICY {policy} ON "{table}" AS RESTRICTIVE FOR {verb} ({mine})'
    for table in sorted(search_postgres.TABLES):  # its own rule stands; an upgrade looked past it
        if search_postgres.has_table(connection, table):
            yield f'ALTER TABLE "{table}" FORCE ROW LEVEL SECURITY'


def policies_of(table: str) -> frozenset[str]:
    """The names of the policies that a table has."""
    own = {"adds", "changes"} if table in ONE_S_OWN else set()
    return frozenset({"seen"} | own | ({"goes"} if table in OF_CASES else set()))


def unguard(connection: Connection) -> None:
    """The tables are as they were without rules of the server; only ever for an empty record."""
    tables = {name: when.rpartition(" ")[2] for name, when in TRIGGERS.items()}
    tables |= {name: table for name, (table, _when, _made) in AT_THE_END.items()}
    for name, table in tables.items():
        connection.exec_driver_sql(f"DROP TRIGGER {name} ON {table}")
    for table in _tables(connection):
        if table in OWN:
            continue
        for policy in sorted(policies_of(table)):
            connection.exec_driver_sql(f'DROP POLICY IF EXISTS {policy} ON "{table}"')
        connection.exec_driver_sql(f'ALTER TABLE "{table}" NO FORCE ROW LEVEL SECURITY')
        connection.exec_driver_sql(f'ALTER TABLE "{table}" DISABLE ROW LEVEL SECURITY')
    asked = [*TRIGGERS, *(called(made) for made in TOLD)]
    for function in ("settle(text, text)", *(f"{name}()" for name in asked), *reversed(FUNCTIONS)):
        connection.exec_driver_sql(f"DROP FUNCTION {function}")
    for table in OWN:
        connection.exec_driver_sql(f"DROP TABLE {table}")
