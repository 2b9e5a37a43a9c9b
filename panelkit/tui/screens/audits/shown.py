"""What an audit looks like in words: the minutes marked, a question, an answer, the figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from textual.content import Content

from panelkit.audit import BY_ID, Severity
from panelkit.audit.defects import Defects
from panelkit.audit.kpis import Figure
from panelkit.audit.scoring import CodeCount, Total
from panelkit.audit.trends import Trend, best_of
from panelkit.domain.audit_forms import NOT_APPLICABLE, Counts, How, Question
from panelkit.domain.auditing import Audit, Comparison, Mark, label_of
from panelkit.services.reading import Minutes, Pointed, Where
from panelkit.tui.typed import as_typed, private
from panelkit.tui.widgets.rowlist import Row

SIGNS: Final = {
    How.RECORDED: "=",
    How.SUGGESTED: "?",
    How.PERSON: "·",
    How.NOT_APPLICABLE: "-",
}
"""How an answer that nobody has touched came about; ``x`` is the auditor's own, ``!`` overruled."""

LEGEND: Final = (
    "x answered or confirmed by you    ! you overruled what was filled in\n"
    "= the record answers    ? suggested, counts for nothing until you take it\n"
    "· for a person to judge    - does not apply"
)


# -- the minutes, marked -------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Marked:
    """The minutes line by line, and on which line each section begins."""

    lines: tuple[Content, ...]
    starts: tuple[int, ...]
    texts: tuple[str, ...]

    def line_of(self, where: Where) -> int:
        """The line of a place, from 0."""
        if not self.starts:
            return 0
        before = self.texts[where.section][: where.start]
        return self.starts[where.section] + before.count("\n")


def marked_minutes(minutes: Minutes, *, point: bool = True) -> Marked:
    """Each finding's number stands before its words, ``!`` with it where it is red."""
    lines: list[Content] = []
    starts = []
    for number, text in enumerate(minutes.texts):
        here = [p for p in minutes.pointed if p.where.section == number] if point else []
        starts.append(len(lines))
        lines += _section_lines(text, here)
        lines.append(Content(""))
    return Marked(tuple(lines), tuple(starts), minutes.texts)


def _section_lines(text: str, pointed: Sequence[Pointed]) -> list[Content]:
    """The lines of a section: its heading bold, words that were pointed at underlined."""
    edges = sorted({0, len(text), *(e for p in pointed for e in (p.where.start, p.where.end))})
    pieces = [_signs_content([p for p in pointed if p.where.start == 0 == p.where.end])]
    for start, end in pairwise(edges):
        begun = [p for p in pointed if p.where.start == start and p.where.end > start]
        over = [p for p in pointed if p.where.start <= start and p.where.end >= end]
        words = text[start:end]
        piece = private(words)
        if over:
            red = any(p.finding.severity is Severity.RED for p in over)
            piece = piece.stylize(f"underline {'$text-error' if red else '$text-warning'}")
        pieces += [_signs_content(begun), piece]
    lines = list(Content("").join(pieces).split("\n", allow_blank=True))
    return [lines[0].stylize("bold"), *lines[1:]]


def _signs_content(pointed: Sequence[Pointed]) -> Content:
    return Content("").join([_sign_content(p) for p in pointed])


def _sign_content(pointed: Pointed) -> Content:
    red = pointed.finding.severity is Severity.RED
    sign = f"[{pointed.number}{'!' if red else ''}]"
    return as_typed(sign).stylize(f"bold {'$text-error' if red else '$text-warning'}")


def finding_content(pointed: Pointed, of: int) -> Content:
    """One finding: what was asked, the words, what would put it right."""
    finding = pointed.finding
    rule = BY_ID[finding.rule]
    suggests = ", a suggestion: it reads prose" if rule.reads else ""
    where = " · ".join(part for part in (finding.item or "Case", finding.place) if part)
    words = " ".join(finding.evidence.split())
    parts = [
        _sign_content(pointed),
        as_typed(f" {finding.severity.label}{suggests}   {pointed.number} of {of}\n{where}\n"),
        as_typed(f"{rule.asks}\n").stylize("bold"),
        private(words),
        as_typed(f"\n> {finding.advice}\nWhy: {rule.why} ({rule.standing.label})"),
    ]
    return Content("").join(parts)


# -- the form ------------------------------------------------------------------------------


def sign_of(mark: Mark) -> str:
    """One character for how a question is answered."""
    if mark.is_overruled:
        return "!"
    return "x" if mark.chosen else SIGNS[mark.given_how]


def form_rows(audit: Audit) -> Iterator[Row]:
    """The questions under their sections; what nobody has answered is strong."""
    section = ""
    for question, mark in zip(audit.form.questions, audit.marks, strict=True):
        heading = question.section if question.official or audit.is_observation else "Our own"
        if heading != section:
            section = heading
            yield Row(f"h:{question.id}", (heading,), heading=True)
        said = score_of(question, mark.stands)
        cells = (sign_of(mark), question.id, said, question.text)
        yield Row(question.id, cells, strong=not mark.stands)


def score_of(question: Question, option: str) -> str:
    """``2/3``, ``code 1``, ``n/a``; blank for no answer."""
    if not option:
        return ""
    if option == NOT_APPLICABLE:
        return "n/a"
    found = question.option(option)
    if found is None:
        return "n/a"
    return (
        f"c{found.value}" if question.counts is Counts.CODES else f"{found.value}/{question.most}"
    )


def question_content(audit: Audit, question: Question) -> Content:
    """The question, what it offers by number, what was filled in and on what it rests."""
    mark = audit.mark(question.id)
    parts = [
        as_typed(f"{question.id}  {question.text}\n").stylize("bold"),
        as_typed(f"Source: {question.source} ({question.standing})\n").stylize("dim"),
    ]
    if question.note:
        parts.append(as_typed(f"{question.note}\n").stylize("dim"))
    parts.append(Content("\n"))
    offered = [option for option in question.options if option.key != NOT_APPLICABLE]
    for number, option in enumerate(offered, 1):
        value = f"code {option.value}" if question.counts is Counts.CODES else str(option.value)
        parts.append(_option_content(number, f"{option.label} ({value})", mark, option.key))
    parts.append(_option_content(0, "not applicable", mark, NOT_APPLICABLE))
    parts += [Content("\n"), *_filled(audit, mark)]
    return Content("").join(parts)


def _option_content(number: int, label: str, mark: Mark, key: str) -> Content:
    sign = "(•)" if mark.stands == key else "( )"
    given = {How.SUGGESTED: "  ? suggested", How.RECORDED: "  = from the record"}
    hint = given.get(mark.given_how, "") if mark.given == key else ""
    line = as_typed(f"{number} {sign} {label}{hint}\n")
    return line.stylize("bold") if mark.stands == key else line


def _filled(audit: Audit, mark: Mark) -> Iterator[Content]:
    if audit.is_observation:
        yield as_typed("An observer is shown nothing of the record: say what you saw and heard.\n")
    elif mark.given_how is How.PERSON:
        yield as_typed("The record cannot answer this: it is for a person to judge.\n")
    elif mark.given_how is How.SUGGESTED:
        yield as_typed("Suggested; it counts for nothing until you take it (Enter).\n")
    elif mark.is_overruled:
        was = label_of(audit.form, mark.question, mark.given)
        reason = private(mark.reason)
        yield Content("").join([as_typed(f"Overruled: the record says “{was}”. Why: "), reason])
        yield Content("\n")
    for evidence in mark.evidence:
        words = f"- {' '.join(evidence.sentence.split())}\n"
        yield private(words)


def sums(totals: Sequence[Total]) -> str:
    """``K: 13 of 19, 68 %``; codes are counted and never added."""
    said = []
    for total in totals:
        if isinstance(total, CodeCount):
            said.append(f"{total.part}: {total.best} of {total.answered} answers are code 1")
        elif total.percent is None:
            said.append(f"{total.part}: nothing answered")
        else:
            said.append(
                f"{total.part}: {total.score} of {total.most}, {total.percent:.0f} %, from {total.answered} answers"
            )
    return "   ".join(said)


def comparison_content(found: Comparison) -> Content:
    """Two auditors question by question; neither is made the other's."""
    same, both = found.agreed
    parts = [
        as_typed(
            f"{found.first.auditor} and {found.second.auditor}: the same answer to {same} of {both} "
            "questions that both answered.\n\n"
        )
    ]
    for row in found.rows:
        words = [label_of(found.first.form, row.question.id, x) for x in (row.first, row.second)]
        apart = "" if row.agrees or not row.is_compared else "   <> talk this over"
        line = as_typed(f"{row.question.id}  {row.question.text}{apart}\n")
        parts.append(line.stylize("bold") if apart else line)
        for name, said in zip((found.first.auditor, found.second.auditor), words, strict=True):
            parts.append(as_typed(f"      {name}: {said or 'not answered'}\n"))
    if found.not_compared:
        parts.append(as_typed(f"\nNot the same on both forms: {', '.join(found.not_compared)}\n"))
    return Content("").join(parts)


# -- over many -----------------------------------------------------------------------------


def trends_text(found: Sequence[Trend]) -> str:
    """Each question over the quarters: the mean, of how many answers; codes are counted."""
    lines: list[str] = []
    form = ""
    for one in found:
        if one.form.id != form:
            form = one.form.id
            lines += ["", f"{one.form.label}  {one.form.title}"]
        scale = "codes" if one.is_coded else f"of {one.question.most}"
        lines.append(f"\n  {one.question.id}  {one.question.text}  ({scale})")
        for quarter, point in one.points:
            if not point.n:
                said = "no answer"
            elif point.mean is None:
                said = f"code 1: {best_of(point)} of {point.n}"
            else:
                bar = "█" * round(10 * point.mean / (one.question.most or 1))
                said = (
                    f"{point.mean:.1f}  {bar:<10}  of {point.n} answer{'' if point.n == 1 else 's'}"
                )
            lines.append(f"      {quarter.label:<14} {said}")
    return "\n".join(lines).strip() or "No audit is finished in these quarters."


def defects_text(found: Defects, many: int = 10) -> str:
    """What is found most often: in how many meetings of how many, and what helps."""
    lines = [f"In {found.of} meetings that have minutes:"]
    for one in found.top(many):
        suggests = ", suggested by rules that read prose" if one.is_suggestion else ""
        lines.append(f"\n  {one.found} of {one.of}  {one.matter.title}  ({one.red} red{suggests})")
        lines += [f"      {times}  {BY_ID[rule].asks}" for rule, times in one.rules[:3]]
    return "\n".join(lines) if found.rows else f"{lines[0]} nothing was found."


def figure_rows(figures: Sequence[Figure]) -> Iterator[Row]:
    """Each measure with its figure; of each organisation under it."""
    shown = ""
    for number, figure in enumerate(figures):
        if figure.agency and figure.measure.id != shown:
            heading = f"{figure.measure.id}  {figure.measure.title}"
            yield Row(f"h:{figure.measure.id}", (heading,), heading=True)
        shown = figure.measure.id
        target = f"target {figure.target} %" if figure.target is not None else "no target"
        below = "below target" if figure.reaches_target is False else ""
        name = figure.agency or figure.measure.title
        code = "·" if figure.agency else figure.measure.id
        cells = (code, name, figure.words(), target, below)
        yield Row(str(number), cells, strong=bool(below))


def figure_text(figure: Figure) -> str:
    """What a figure counts, its target with the source, and every meeting behind it."""
    lines = [
        f"{figure.agency + ': ' if figure.agency else ''}{figure.words()}",
        f"Counts {figure.measure.counts}.",
    ]
    if figure.measure.missing:
        lines.append(f"{figure.measure.missing[:1].upper()}{figure.measure.missing[1:]}.")
    if figure.target is not None:
        lines.append(f"Target {figure.target} %. Source: {figure.target_source}")
    lines.append("")
    said = {True: "met", False: "not met", None: "not recorded"}
    lines += [
        f"{' '.join(part for part in (row.ref, row.what) if part)}: {said[row.met]}"
        for row in figure.counted
    ]
    if not figure.counted:
        lines.append("No meeting is behind it.")
    return "\n".join(lines)
