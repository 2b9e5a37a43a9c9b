"""Functions of a server that write, and what it refuses when a transaction ends.

A save's one statement ends in :data:`KEEP`: the turn is taken, the journal goes on, and others are
told. It has no rights of its own: rows, tables and triggers bind whoever calls it. A meeting's state
is changed by :data:`MOVES_ON` alone, which no login can do without. Whatever changes a state, a role,
a disposal or who may open a case, by whatever way, is undone at the end of its transaction where the
journal has no entry of it from the same transaction.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from panelkit.domain.holding import ELSEWHERE
from panelkit.domain.moves import MOVES
from panelkit.domain.people import MAY, Role

NOT_AS_IT_WAS: Final = "PK001"
"""What the server says of a save whose rows are not as they were read."""
PEN_ELSEWHERE: Final = "PK002"
"""Of one in a meeting that was handed over."""
OTHER_ROLES: Final = "PK003"
"""Of one by somebody whose roles are not those that the program went by."""
_HERE: Final = "SET search_path = panelkit, pg_temp"
TURN: Final = "pg_advisory_xact_lock(hashtext('panelkit'), hashtext(current_schema()))"
"""Whose turn it is to write; given back when the transaction ends, whatever happens."""

TAKE_TURN: Final = f"""
    CREATE OR REPLACE FUNCTION take_turn(known integer) RETURNS void LANGUAGE plpgsql
    SECURITY DEFINER {_HERE} AS $$
    BEGIN
        PERFORM {TURN};
        IF known IS NOT NULL AND NOT EXISTS (SELECT 1 FROM person
            WHERE login = session_user AND state = 'active' AND revision = known)
        THEN
            RAISE EXCEPTION 'the roles of this login are others now' USING ERRCODE = '{OTHER_ROLES}';
        END IF;
    END $$"""
"""``known`` is the revision of whoever asks that the program went by; NULL where it asked nobody."""
GOES_ON: Final = f"""
    CREATE OR REPLACE FUNCTION journal_goes_on(bodies text[]) RETURNS void LANGUAGE plpgsql {_HERE} AS $$
    DECLARE
        number integer; last text; said text; plain bytea; body jsonb; hashed text;
        keyed record; inside bytea := ''; outside bytea := '';
    BEGIN
        SELECT seq, hash INTO number, last FROM head_of_journal();
        number := coalesce(number, 0);
        last := coalesce(last, repeat('0', 64));
        SELECT decode(key, 'hex') AS key, chain_from INTO keyed FROM chain_key;
        IF keyed.key IS NOT NULL THEN
            -- HMAC of RFC 2104, whose key is shorter than a block of SHA-256.
            inside := keyed.key || decode(repeat('00', 64 - length(keyed.key)), 'hex');
            outside := inside;
            FOR at IN 0..63 LOOP
                inside := set_byte(inside, at, get_byte(inside, at) # 54);
                outside := set_byte(outside, at, get_byte(outside, at) # 92);
            END LOOP;
        END IF;
        FOREACH said IN ARRAY bodies LOOP
            number := number + 1;
            said := said || '"prev_hash": "' || last || '", "seq": ' || number || '}}';
            plain := convert_to(said, 'UTF8');
            IF keyed.key IS NOT NULL AND number >= keyed.chain_from THEN
                hashed := encode(sha256(outside || sha256(inside || plain)), 'hex');
            ELSE
                hashed := encode(sha256(plain), 'hex');
            END IF;
            body := said::jsonb || jsonb_build_object('hash', hashed);
            INSERT INTO journal SELECT * FROM jsonb_populate_record(NULL::journal, body);
            last := hashed;
        END LOOP;
    END $$"""
"""Each of ``bodies`` is a row as the chain hashes it, up to where the row before it is named. What is
stored is read from the very text that is hashed."""
KEEP: Final = f"""
    CREATE OR REPLACE FUNCTION keep(done bigint, wanted bigint, known integer, meetings text[],
        bodies text[], news text, moves text[]) RETURNS void LANGUAGE plpgsql {_HERE} AS $$
    BEGIN
        IF done <> wanted THEN
            RAISE EXCEPTION 'a row is not as it was read' USING ERRCODE = '{NOT_AS_IT_WAS}';
        END IF;
        PERFORM take_turn(known);
        IF EXISTS (SELECT 1 FROM hand_over WHERE meeting_id = ANY (meetings)
            AND state IN ({", ".join(f"'{state}'" for state in sorted(ELSEWHERE))}))
        THEN
            RAISE EXCEPTION 'the pen is elsewhere' USING ERRCODE = '{PEN_ELSEWHERE}';
        END IF;
        IF cardinality(moves) = 4 AND NOT meeting_moves(moves[1], moves[2], moves[3], moves[4]::integer)
        THEN
            RAISE EXCEPTION 'a meeting is not as it was read' USING ERRCODE = '{NOT_AS_IT_WAS}';
        END IF;
        PERFORM journal_goes_on(bodies);
        PERFORM pg_notify('panelkit', news);
    END $$"""
"""The end of a save: ``done`` of its rows were written, and ``wanted`` are to be; ``moves``
is a meeting, its state, the next, and its revision, or nothing. The turn is taken here and not before:
whoever waits for it has done everything else."""


def _ways() -> Iterator[str]:
    for move in MOVES:
        roles = ", ".join(f"'{role}'" for role in Role if role in MAY[move.act])
        fact = str(move.fact or "")
        yield f"('{move.before}', '{move.after}', ARRAY[{roles}], '{fact}', {move.with_reason})"


_WAYS: Final = f"(VALUES {', '.join(_ways())}) AS way (before, after, roles, fact, with_reason)"
MOVES_ON: Final = f"""
    CREATE OR REPLACE FUNCTION meeting_moves(called text, was text, now_is text, seen integer)
    RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER {_HERE} AS $$
    DECLARE is_there boolean := me() IS NOT NULL AND md5(called) NOT IN (SELECT hidden_meetings());
    BEGIN
        -- What is hidden is answered as what does not exist is.
        IF NOT has_column_privilege(session_user, 'panelkit.meeting', 'revision', 'UPDATE')
            OR NOT (EXISTS (SELECT 1 FROM hand_over WHERE is_there AND hand_over.meeting_id = called)
            OR EXISTS (SELECT 1 FROM {_WAYS}, unnest(way.roles) AS role
                WHERE before = was AND after = now_is AND is_a(role)))
        THEN
            RAISE EXCEPTION 'nobody with these roles takes a meeting from % to %', was, now_is
                USING ERRCODE = 'insufficient_privilege';
        END IF;
        UPDATE meeting SET state = now_is WHERE is_there AND id = called AND state = was AND revision = seen;
        RETURN FOUND;
    END $$"""
"""``seen`` is the revision that the meeting has. False where it is not so, or is not there for whoever
asks. One that was handed over came from another desk, and was taken where it is by somebody there."""
_NOW: Final = "xmin = pg_current_xact_id()::xid"
"""Of a row that this very transaction wrote, and no savepoint in it."""
MEETING_TOLD: Final = f"""
    CREATE OR REPLACE FUNCTION meeting_is_told() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER {_HERE} AS $$
    BEGIN
        IF NEW.state = OLD.state OR me() IS NULL THEN RETURN NULL; END IF;
        IF NOT EXISTS (SELECT 1 FROM journal WHERE {_NOW} AND meeting_id = NEW.id
            AND entity = 'meeting' AND entity_id = NEW.id AND field = 'state')
        THEN
            RAISE EXCEPTION 'the journal says nothing of it' USING ERRCODE = 'insufficient_privilege';
        END IF;
        IF EXISTS (SELECT 1 FROM {_WAYS} WHERE before = OLD.state AND after = NEW.state
            AND fact <> '' AND NOT EXISTS (SELECT 1 FROM life WHERE {_NOW} AND meeting_id = NEW.id
                AND life.fact = way.fact AND (NOT with_reason OR trim(reason) <> '')))
            AND NOT EXISTS (SELECT 1 FROM hand_over WHERE hand_over.meeting_id = NEW.id)
        THEN
            RAISE EXCEPTION 'nobody says why' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NULL;
    END $$"""
PERSON_TOLD: Final = f"""
    CREATE OR REPLACE FUNCTION person_is_told() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER {_HERE} AS $$
    BEGIN
        IF me() IS NOT NULL AND (TG_OP = 'INSERT' OR OLD IS DISTINCT FROM NEW) AND NOT EXISTS
            (SELECT 1 FROM journal WHERE {_NOW} AND entity = 'person' AND entity_id = NEW.id)
        THEN
            RAISE EXCEPTION 'the journal says nothing of it' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NULL;
    END $$"""
CASE_TOLD: Final = f"""
    CREATE OR REPLACE FUNCTION case_is_told() RETURNS trigger LANGUAGE plpgsql
    SECURITY DEFINER {_HERE} AS $$
    DECLARE called text;
    BEGIN
        IF me() IS NULL THEN RETURN NULL; END IF;
        called := CASE WHEN TG_OP = 'DELETE' THEN OLD.case_id ELSE NEW.case_id END;
        IF NOT EXISTS (SELECT 1 FROM journal WHERE {_NOW} AND entity = 'case' AND entity_id = called)
        THEN
            RAISE EXCEPTION 'the journal says nothing of it' USING ERRCODE = 'insufficient_privilege';
        END IF;
        RETURN NULL;
    END $$"""
"""Of a disposal, and of who may open a case."""
AT_THE_END: Final = {
    "meeting_is_told": ("meeting", "UPDATE", MEETING_TOLD),
    "person_is_told": ("person", "INSERT OR UPDATE", PERSON_TOLD),
    "disposal_is_told": ("disposal", "INSERT OR UPDATE", CASE_TOLD),
    "access_is_told": ("access", "INSERT OR UPDATE OR DELETE", CASE_TOLD),
}
"""Triggers that wait for the end of the transaction: their table, when, and what makes their function."""
WRITING: Final = {
    "take_turn(integer)": TAKE_TURN,
    "journal_goes_on(text[])": GOES_ON,
    "meeting_moves(text, text, text, integer)": MOVES_ON,
    "keep(bigint, bigint, integer, text[], text[], text, text[])": KEEP,
}
"""By what they are called with, each after those that it calls."""


def called(made: str) -> str:
    """The function that a statement makes."""
    return made.partition("FUNCTION ")[2].partition("(")[0]


def made_at_the_end() -> Iterator[str]:
    """The statements that make those triggers; said again, they are the same."""
    for name, (table, when, function) in AT_THE_END.items():
        yield f"DROP TRIGGER IF EXISTS {name} ON {table}"
        yield (
            f"CREATE CONSTRAINT TRIGGER {name} AFTER {when} ON {table} DEFERRABLE INITIALLY DEFERRED "
            f"FOR EACH ROW EXECUTE FUNCTION {called(function)}()"
        )
