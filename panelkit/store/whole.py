"""Whether everything that the journal knows of is as it was: the whole record, in one reading."""

from __future__ import annotations

import dataclasses

from sqlalchemy import Connection

from panelkit.store import dispatch, history, issued, journal, templates


def check(connection: Connection, *, anchor: str = "") -> journal.Checked:
    """The journal's chain, issued documents with their templates, registered copies, and all words
    whose salt is kept. Pages of a file are not looked at.
    """
    found = journal.check(connection, anchor=anchor)
    looked_at, wrong = issued.check(connection)
    return dataclasses.replace(
        found, issued=looked_at, issued_wrong=wrong, words_wrong=history.unknown_words(connection),
        templates_wrong=templates.check(connection), copies_wrong=dispatch.check(connection),
    )  # fmt: skip
