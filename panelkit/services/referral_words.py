"""What a file of referrals says, in lines: what was understood, what is wrong, what was not read."""

from __future__ import annotations

from collections.abc import Iterator

from panelkit.domain.referral_form import FormRead, ReadReferral


def row_lines(row: ReadReferral) -> Iterator[tuple[str, str, str]]:
    """Each line of one referral: its sign, where or what it is, the words. ``!`` is wrong, ``?`` is to
    be looked at."""
    for wrong in row.wrong:
        yield "!", wrong.place, wrong.why
    for notice in row.notices:
        yield "?", "Look at it", notice
    for line in row.lines:
        yield "", line.label, f"{line.words}{f' ({line.note})' if line.note else ''}"


def not_read_lines(read: FormRead) -> Iterator[tuple[str, str]]:
    """What stands in the file and was not understood: where, and why with its words."""
    for one in read.not_read:
        yield one.what, f"{one.why}{f' “{one.words}”' if one.words else ''}"


def file_lines(read: FormRead) -> Iterator[str]:
    """All of it, as a command says it."""
    yield from read.notices
    for row in read.rows:
        yield f"{row.where or read.name}"
        for sign, head, words in row_lines(row):
            yield f"  {sign or ' '} {head}: {words}"
    rest = list(not_read_lines(read))
    if rest:
        yield "Not read:"
        yield from (f"    {head}: {words}" for head, words in rest)
