"""Search on a server: PostgreSQL's text search, told by triggers. The twin of
:mod:`panelkit.store.search_sqlite`.

The index is one table, which belongs to whoever owns the others and is given to nobody. A login asks
one function, which looks past the rules for one question, and leaves out every case that the rules
hide from that login. (A policy like that of the rows themselves would have the server read every row
before it may use the index: matching is no leakproof operator.) How long it takes tells nothing
either: it answers on the stroke of a twentieth of a second.

Each word in the index begins with the month of its row, in three letters: so the newest month is
looked through first, then the one before it, and looking stops as soon as a page is full. That holds
for the beginning of a word too. No extension is needed, and no dictionary: words are folded by
:data:`panelkit.domain.folding_table`, as in a file.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, Final

from sqlalchemy import Connection, text

from panelkit.domain.asking import Asked, Group
from panelkit.domain.folding import LONGEST, folds, runs
from panelkit.domain.folding_table import SEPARATORS
from panelkit.domain.people import MAY, Act, Role
from panelkit.store.searched import SEARCHED, Searched
from panelkit.store.searched_sql import (
    LAST_DAY,
    SHIFT,
    case_of,
    changes,
    date_of,
    first_of,
    has_words,
    key_of,
    said_of,
)

STROKE: Final = 0.05
"""Seconds: an answer comes at a multiple of it, so that what was passed over does not show in how
long it took."""
MOST: Final = 2000
"""Rows that one question is answered with, whoever asks."""
TABLES: Final = ("search",)
ASKED: Final = "search_found"
"""The one function that a login may call."""
MONTH: Final = SHIFT + 5
"""Bits below the month of a number: a day's, and five for the days."""
_FURTHEST: Final = 16_383
"""The last place in a text that the server tells apart."""
_HERE: Final = "SET search_path = panelkit, pg_temp"


def _function_of_words() -> str:
    between = "".join(f"\\U{a:08X}-\\U{b:08X}" for a, b in runs(SEPARATORS))
    letters = sorted(folds(), key=lambda each: each[1] is None)
    read = "".join(chr(letter) for letter, _as in letters)
    written = "".join(chr(to) for _letter, to in letters if to is not None)
    return f"""
        CREATE OR REPLACE FUNCTION search_words_of(said text, month text) RETURNS tsvector
        LANGUAGE sql IMMUTABLE {_HERE} AS $$
            SELECT coalesce(string_agg('''' || month || word || ''':' || least(at, {_FURTHEST}), ' '), '')::tsvector
            FROM (SELECT left(folded, {LONGEST}) AS word, row_number() OVER (ORDER BY nth) AS at FROM (
                SELECT nth, CASE WHEN raw ~ '[^\\u0001-\\u007f\\ue000]'
                    THEN translate(raw, '{read}', '{written}') ELSE lower(raw) END AS folded
                FROM unnest(string_to_array(
                    regexp_replace(said COLLATE "C", '[{between}]+', ' ', 'g'), ' '
                )) WITH ORDINALITY AS parts (raw, nth)) AS words
            WHERE folded <> '') AS placed $$"""


def _function_of_found() -> str:
    """Past the rules, for the login that asks: the newest rows that hold the words."""

    def whoever(act: Act) -> str:
        return " OR ".join(f"is_a('{role}')" for role in Role if role in MAY[act])

    acts = {each.act for each in SEARCHED}
    of_act = " ".join(
        f"IF {whoever(act)} THEN mine := mine || ARRAY["
        f"{', '.join(repr(each.table) for each in SEARCHED if each.act is act)}]; END IF;"
        for act in sorted(acts)
    )
    return f"""
        CREATE OR REPLACE FUNCTION {ASKED}(
            asked text, places text[], below bigint, most integer, of_case text)
        RETURNS TABLE (doc bigint, place text, row_id text, case_id text) LANGUAGE plpgsql
        SECURITY DEFINER {_HERE} SET enable_seqscan = off AS $$
        #variable_conflict use_column
        DECLARE
            top bigint := below; newest bigint; left_to integer := least(most, {MOST}); more integer;
            mine text[] := ARRAY[]::text[];
        BEGIN
            IF NOT ({whoever(Act.READ)}) THEN RETURN; END IF;
            {of_act}
            WHILE left_to > 0 LOOP
                SELECT max(s.doc) INTO newest FROM search AS s WHERE s.doc < top;
                EXIT WHEN newest IS NULL;
                RETURN QUERY WITH hit AS MATERIALIZED (
                    SELECT s.doc, s.place, s.row_id, s.case_id FROM search AS s WHERE s.words @@
                    replace(asked, '~', lpad(to_hex(newest >> {MONTH}), 3, '0'))::tsquery)
                    SELECT hit.doc, hit.place, hit.row_id, hit.case_id FROM hit WHERE hit.doc < top
                    AND hit.place = ANY (places) AND hit.place = ANY (mine)
                    AND (of_case = '' OR hit.case_id = of_case)
                    AND hit.case_id NOT IN (SELECT case_ids_hidden())
                    ORDER BY hit.doc DESC LIMIT left_to;
                GET DIAGNOSTICS more = ROW_COUNT;
                left_to := left_to - more;
                top := (newest >> {MONTH}) << {MONTH};
            END LOOP;
            PERFORM pg_sleep({STROKE} - mod(
                extract(epoch FROM clock_timestamp() - statement_timestamp())::numeric, {STROKE}));
        END $$"""


def made() -> Iterator[str]:
    """The statements that make the index, empty; its rules too."""
    yield """
        CREATE TABLE search (
            doc bigint NOT NULL CONSTRAINT pk_search PRIMARY KEY, place text COLLATE "C" NOT NULL,
            row_id text COLLATE "C" NOT NULL, case_id text COLLATE "C" NOT NULL,
            chars integer NOT NULL, words tsvector NOT NULL,
            CONSTRAINT uq_search_row_id_place UNIQUE (row_id, place)
        )"""
    yield _INDEXED
    yield "ALTER TABLE search ENABLE ROW LEVEL SECURITY"
    yield "ALTER TABLE search FORCE ROW LEVEL SECURITY"
    yield "CREATE POLICY seen ON search TO CURRENT_USER USING (true) WITH CHECK (true)"
    yield from functions()
    for called in _CALLED:
        yield f"REVOKE ALL ON FUNCTION {called} FROM PUBLIC"


_INDEXED: Final = "CREATE INDEX ix_search_words ON search USING gin (words) WITH (fastupdate = off)"
_CALLED: Final = ("search_words_of(text, text)", f"{ASKED}(text, text[], bigint, integer, text)")


def functions() -> Iterator[str]:
    """The statements that make what the index needs."""
    yield _function_of_words()
    yield _function_of_found()


def dropped() -> Iterator[str]:
    """The statements that take it away."""
    yield "DROP TABLE search"
    for called in _CALLED:
        yield f"DROP FUNCTION {called}"


def has_table(connection: Connection, name: str) -> bool:
    """Whether the record has a table of that name."""
    asked = text("SELECT 1 FROM pg_tables WHERE schemaname = 'panelkit' AND tablename = :name")
    return connection.execute(asked, {"name": name}).first() is not None


def _day(place: Searched, row: str) -> str:
    day = date_of(place, row)
    if day == "''":
        return str(LAST_DAY)
    year, month, of_month = (f"substr(day, {at}, {n})::integer" for at, n in ((1, 4), (6, 2), (9, 2)))  # fmt: skip
    number = f"({year} - 1900) * 372 + ({month} - 1) * 31 + {of_month}"
    return (
        f"(SELECT CASE WHEN day ~ '^[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}' "
        f"THEN least(greatest({number}, 0), {LAST_DAY - 1}) ELSE 0 END FROM (SELECT {day} AS day) AS said)"
    )


def _name(place: Searched) -> str:
    return f"search_{place.table}"


def _month_of(doc: str) -> str:
    return f"lpad(to_hex({doc} >> {MONTH}), 3, '0')"


def followed(place: Searched) -> Iterator[str]:
    """The statements that make a table tell the index of its changes."""
    key, said = key_of(place, "NEW"), said_of(place, "NEW")
    with_it = (
        "IF TG_OP = 'UPDATE' THEN UPDATE search SET case_id = NEW.case_id WHERE place = 'screening' "
        "AND row_id IN (SELECT id FROM screening WHERE referral_id = NEW.id); END IF;"
        if place.table == "referral"
        else ""
    )
    yield f"""
        CREATE OR REPLACE FUNCTION {_name(place)}() RETURNS trigger LANGUAGE plpgsql
        SECURITY DEFINER {_HERE} AS $$
        DECLARE whose text; begins bigint; number bigint;
        BEGIN
            IF TG_OP <> 'INSERT' THEN
                DELETE FROM search WHERE row_id = {key_of(place, "OLD")} AND place = '{place.table}';
            END IF;
            IF TG_OP = 'DELETE' THEN RETURN NULL; END IF;
            {with_it}
            whose := {case_of(place, "NEW")};
            IF whose IS NOT NULL AND {has_words(place, "NEW")} THEN
                begins := {_day(place, "NEW")}::bigint << {SHIFT};
                SELECT 1 + coalesce(max(doc), begins) INTO number FROM search
                    WHERE doc > begins AND doc < begins + (1::bigint << {SHIFT});
                INSERT INTO search (doc, place, row_id, case_id, chars, words) VALUES (number,
                    '{place.table}', {key}, whose, length({said}),
                    search_words_of({said}, {_month_of("number")}));
            END IF;
            RETURN NULL;
        END $$"""
    yield f"REVOKE ALL ON FUNCTION {_name(place)}() FROM PUBLIC"
    does = f"EXECUTE FUNCTION {_name(place)}()"
    columns = changes(place)
    differs = " OR ".join(f'OLD."{name}" IS DISTINCT FROM NEW."{name}"' for name in columns)
    named = ", ".join(f'"{name}"' for name in columns)
    yield f'CREATE TRIGGER {_name(place)} AFTER INSERT OR DELETE ON "{place.table}" FOR EACH ROW {does}'
    yield (
        f'CREATE TRIGGER {_name(place)}_update AFTER UPDATE OF {named} ON "{place.table}" '
        f"FOR EACH ROW WHEN ({differs}) {does}"
    )


def unfollowed(connection: Connection) -> Iterator[str]:
    """The statements after which nothing tells it."""
    asked = text("SELECT proname FROM pg_proc WHERE pronamespace = 'panelkit'::regnamespace")
    there = set(connection.execute(asked).scalars())
    for place in SEARCHED:
        if _name(place) in there:
            yield f"DROP FUNCTION {_name(place)}() CASCADE"


def untold(connection: Connection) -> Iterator[str]:
    """Tables that do not tell it of every change, in this panelkit's words."""
    asked = text(
        "SELECT proname AS name, prosrc AS source, (SELECT count(*) FROM pg_trigger "
        "WHERE tgfoid = pg_proc.oid AND tgenabled = 'O') AS triggers "
        "FROM pg_proc WHERE pronamespace = 'panelkit'::regnamespace"
    )
    there = {row.name: (row.source, row.triggers) for row in connection.execute(asked)}
    for place in SEARCHED:
        source = next(followed(place)).split("$$")[1]
        if there.get(_name(place)) != (source, 2):
            yield place.table


def filled(places: Sequence[Searched]) -> Iterator[str]:
    """The statements that make all of it anew; what it held is gone from the server's files."""
    yield "TRUNCATE search"
    yield "DROP INDEX IF EXISTS ix_search_words"
    for place in places:
        said = said_of(place, "r")
        yield f"""
            INSERT INTO search (doc, place, row_id, case_id, chars, words)
            SELECT doc, '{place.table}', named, whose, length(said), search_words_of(said, {_month_of("doc")})
            FROM (SELECT (day::bigint << {SHIFT}) + {first_of(place)}
                    + row_number() OVER (PARTITION BY day) AS doc, named, whose, said
                FROM (SELECT {_day(place, "r")} AS day, {key_of(place, "r")} AS named,
                        {case_of(place, "r")} AS whose, {said} AS said
                    FROM "{place.table}" AS r WHERE {has_words(place, "r")}) AS each
                WHERE whose IS NOT NULL) AS numbered"""
    yield _INDEXED


def forgotten() -> Iterator[str]:
    """Nothing: a login may not write a server's files anew. :func:`filled` does, as their owner."""
    yield from ()


# -- looking -----------------------------------------------------------------------------------


def said(asked: Asked) -> str:
    """The question in PostgreSQL's words; ``~`` stands for the month. Words of a question are letters
    and digits alone, so that there is nothing in it to be taken for anything else."""
    wanted = " & ".join(_phrase(group) for group in asked.wanted)
    return "".join([wanted, *(f" & !{_phrase(group)}" for group in asked.unwanted)])


def _phrase(group: Group) -> str:
    words = " <-> ".join(f"'~{word}'" for word in group.words)
    return f"({words}{':*' if group.is_open else ''})"


def found(
    connection: Connection, asked: Asked, places: Sequence[str], most: int, below: int, case_id: str
) -> list[Any]:
    """Numbers, tables, rows and cases, the newest first."""
    told = {
        "asked": said(asked), "places": list(places), "below": below, "most": most, "of_case": case_id,
    }  # fmt: skip
    return [tuple(row) for row in connection.execute(_FOUND, told)]


_FOUND: Final = text(f"SELECT * FROM {ASKED}(:asked, :places, :below, :most, :of_case)")
