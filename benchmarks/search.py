"""How long words take to be found in a whole record, and what the database does for it.

    python benchmarks/search.py --db /var/tmp/scale/record.db
    python benchmarks/search.py --db 'postgresql://scale_ruth@:5499/scale?host=/var/tmp/scale'
    python benchmarks/search.py --db ... --plans         # the queries with their plans
    python benchmarks/search.py --db ... --saves 300     # what a save costs, with and without

The record is one that is there: `benchmarks/areas.py fill` makes one of 250,000 meetings; any other
does. The words are taken from the record itself: each answer's words are counted in a sample, and the
questions are of a word that nearly every meeting has, of one that few have, of one that none has, two
and three together, a phrase, the beginning of a word as somebody types it letter by letter, and a word
without another. Each is asked several times, as :meth:`Finding.find` is asked by the screen: from the
typed words to the places with their snippets, in order. The first time is of a cold page, and is said
apart. The bound is 0.5 s for each, on a computer that does nothing else; over it this ends with 1.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent))

from sqlalchemy import text

from panelkit.domain.asking import read
from panelkit.domain.folding import words_in
from panelkit.domain.meeting import By
from panelkit.services.finding import WINDOW, Finding
from panelkit.store import search_postgres, search_sqlite, searching
from panelkit.store.record import Record
from panelkit.store.searched import BY_TABLE
from panelkit.store.searched_sql import NEWEST_DOC
from panelkit.store.server import Server, location_of

BOUND = 0.5
TIMES = 5
SAMPLE = 4000
SAVES_BOUND = 0.05


def some_texts(record: Record) -> list[str]:
    """Answers of words, from everywhere in the record."""
    rng = random.Random(4)
    with record._reading() as connection:
        ids = connection.execute(text("SELECT id FROM meeting")).scalars().all()
        found: list[str] = []
        for each in rng.sample(list(ids), min(len(ids), 400)):
            asked = text("SELECT text FROM answer WHERE meeting_id = :id AND text LIKE '% % %'")
            found += connection.execute(asked, {"id": each}).scalars().all()
    return rng.sample(found, min(len(found), SAMPLE))


def questions(texts: list[str]) -> dict[str, list[str]]:
    """What is asked, by what kind of question it is: the words are the record's own."""
    counted: Counter[str] = Counter()
    for each in texts:
        counted.update({word.folded for word in words_in(each) if word.folded.isalpha()})
    long = [word for word, _count in counted.most_common() if len(word) > 4]
    often, middle = long[:8], long[len(long) // 6 : len(long) // 6 + 8]
    seldom = [word for word, count in counted.items() if count == 1 and len(word) > 5][:8]
    phrases = []
    for each in texts[:40]:
        words = [word.folded for word in words_in(each)]
        if len(words) > 6:
            phrases.append(f'"{words[2]} {words[3]} {words[4]}"')
    typed = often[0]
    return {
        "a word nearly everywhere": often[:4],
        "a word here and there": middle[:4],
        "a word hardly anywhere": seldom[:4],
        "a word nowhere": ["quoxzidilly", "zzxqj"],
        "two common words": [f"{often[0]} {often[1]}", f"{often[2]} {often[3]}"],
        "three common words": [" ".join(often[:3]), " ".join(often[3:6])],
        "a common and a rare word": [f"{often[0]} {seldom[0]}", f"{often[1]} {seldom[1]}"],
        "two rare words": [f"{seldom[0]} {seldom[1]}", f"{seldom[2]} {seldom[3]}"],
        "a phrase": phrases[:6],
        "a word without another": [f"{often[0]} -{often[1]}", f"{middle[0]} -{often[0]}"],
        "typed letter by letter": [typed[:n] for n in range(1, len(typed) + 1)],
        "a rare word letter by letter": [seldom[0][:n] for n in range(1, len(seldom[0]) + 1)],
    }


def timed(record: Record) -> bool:
    """Print each kind of question with how long it took; whether one was over the bound."""
    finding = Finding(record, lambda: datetime.now(UTC), "Somebody")
    asked = questions(some_texts(record))
    over = False
    print(f"{'question':<30} {'first':>8} {'median':>8} {'worst':>8}   places")
    for kind, typed in asked.items():
        first, again, number = [], [], 0
        for words in typed:
            still = "letter" in kind
            for time_of in range(TIMES):
                began = time.perf_counter()
                page = finding.find(words, still_typing=still)
                took = time.perf_counter() - began
                (again if time_of else first).append(took)
            number = max(number, len(page.found))
        worst = max(again)
        is_over = worst > BOUND
        over = over or is_over
        print(
            f"{kind:<30} {max(first):>7.3f}s {statistics.median(again):>7.3f}s {worst:>7.3f}s   "
            f"up to {number}{'   OVER' if is_over else ''}"
        )
    return over


def plans(record: Record) -> Iterator[str]:
    """The queries of a search, each with what the database does for it."""
    words = questions(some_texts(record))
    typed = {
        "a common word": words["a word nearly everywhere"][0],
        "its beginning": words["a word nearly everywhere"][0][:3] + "*",
        "two words": words["two common words"][0],
        "a phrase": words["a phrase"][0],
    }
    places = list(BY_TABLE)
    with record._reading() as connection:
        for name, said in typed.items():
            asked = read(said)
            yield f"-- {name}"
            if record.is_on_server:
                yield from _plan_on_server(connection, asked)
            else:
                stated = search_sqlite.statement(connection, asked, places, WINDOW, NEWEST_DOC, "")
                compiled = stated.compile(
                    connection, compile_kwargs={"literal_binds": True, "render_postcompile": True}
                )
                for row in connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}")):
                    yield f"   {row.detail}"


def _plan_on_server(connection: Any, asked: Any) -> Iterator[str]:
    """Of one month, as the function asks it; by a login that may read the index (its owner)."""
    newest = connection.execute(text("SELECT max(doc) FROM search")).scalar() or 0
    month = f"{newest >> search_postgres.MONTH:03x}"
    said = search_postgres.said(asked).replace("~", month)
    stated = text(
        "EXPLAIN (ANALYZE, COSTS OFF) SELECT doc FROM search WHERE words @@ cast(:said AS tsquery)"
    )
    for row in connection.execute(stated, {"said": said}):
        yield f"   {row[0]}"


def saves(record: Record, times: int) -> bool:
    """What a save of one answer costs where it is indexed, and where nothing tells the index; whether
    the 95th of a hundred is over the bound. On a copy of the record: it is written to."""
    by = By("Somebody", datetime.now(UTC))
    over = False
    for how in ("indexed", "not indexed"):
        if how == "not indexed":
            with record._writing() as connection:
                searching.unfollow(connection)
        meeting = record.load(record.meetings()[0].id)
        took = []
        for n in range(times):
            after = meeting.answer(
                "A6", "index_offence", f"{'Some words of a save. ' * 12} {n}", by
            )
            began = time.perf_counter()
            record.save(meeting, after, by, command=f"{how} {n} {time.time()}")
            took.append(time.perf_counter() - began)
            meeting = after
        took.sort()
        p95 = took[int(len(took) * 0.95)]
        over = over or p95 > SAVES_BOUND
        print(
            f"a save, {how:<12} median {took[len(took) // 2] * 1e3:.1f} ms   p95 {p95 * 1e3:.1f} ms"
        )
    with record._writing() as connection:
        searching.again(connection)
    return over


def main() -> None:
    """Ends with 1 where a question took longer than the bound."""
    asked = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    asked.add_argument("--db", required=True)
    asked.add_argument("--plans", action="store_true")
    asked.add_argument("--saves", type=int, default=0)
    said = asked.parse_args()
    where = location_of(said.db)
    record = Record.open(where, copy_first=False)
    try:
        with record._reading() as connection:
            meetings = connection.execute(text("SELECT count(*) FROM meeting")).scalar()
        print(f"{meetings:,} meetings on {'a server' if isinstance(where, Server) else 'a file'}")
        if said.plans:
            for line in plans(record):
                print(line)
        elif said.saves:
            sys.exit(1 if saves(record, said.saves) else 0)
        else:
            sys.exit(1 if timed(record) else 0)
    finally:
        record.close()


if __name__ == "__main__":
    main()
