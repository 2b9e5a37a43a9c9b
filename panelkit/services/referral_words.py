"""What a file of referrals says, in lines: what was understood, what is wrong, what was not read."""

from __future__ import annotations

from collections.abc import Iterator

from panelkit.domain.referral_form import FormRead, ReadReferral


def row_lines(row: ReadReferral) -> Iterator[tuple[str, str]]:
    """Each line of one referral with its sign: ``!`` is wrong, ``?`` is to be looked at."""
    for wrong in row.wrong:
        yield "!", f"{wrong.place}: {wrong.why}"
    for notice in row.notices:
        yield "?", notice
    for line in row.lines:
        yield "", f"{line.label}: {line.words}{f' ({line.note})' if line.note else ''}"


def not_read_lines(read: FormRead) -> Iterator[str]:
    """What stands in the file and was not understood, each with its place and its words."""
    for one in read.not_read:
        yield f"{one.what}: {one.why}{f' “{one.words}”' if one.words else ''}"


def file_lines(read: FormRead) -> Iterator[str]:
    """All of it, as a command says it."""
    yield from read.notices
    for row in read.rows:
        yield f"{row.where or read.name}"
        for sign, words in row_lines(row):
            yield f"  {sign or ' '} {words}"
    rest = list(not_read_lines(read))
    if rest:
        yield "Not read:"
        yield from (f"    {words}" for words in rest)
