"""Functions of a server that write: the turn is taken, the journal goes on, and others are told, in
one call that a save's one statement ends in.

They have no rights of their own: rows, tables and triggers bind whoever calls them.
"""

from __future__ import annotations

from typing import Final

from panelkit.domain.holding import ELSEWHERE

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
        bodies text[], news text) RETURNS void LANGUAGE plpgsql {_HERE} AS $$
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
        PERFORM journal_goes_on(bodies);
        PERFORM pg_notify('panelkit', news);
    END $$"""
"""The end of a save: ``done`` of its rows were written, and ``wanted`` are to be. The turn is taken
here and not before: whoever waits for it has done everything else."""
WRITING: Final = {
    "take_turn(integer)": TAKE_TURN,
    "journal_goes_on(text[])": GOES_ON,
    "keep(bigint, bigint, integer, text[], text[], text)": KEEP,
}
"""By what they are called with, each after those that it calls."""
