"""Writes the lists in docs/coordinator.md from the program: rules, matters, forms, answers, figures.

    python tools/make_coordinator_page.py

Each list stands between ``<!-- NAME: begin -->`` and ``<!-- NAME: end -->``; the rest of the
page is written by hand.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

from panelkit.areas.loader import load_area
from panelkit.audit import RULES, Rule
from panelkit.audit.answering import ANSWERS
from panelkit.audit.forms import forms_for
from panelkit.audit.kpis import MEASURES, Measure
from panelkit.audit.matters import MATTERS
from panelkit.domain.audit_forms import Form, Question
from panelkit.domain.feedback import TO

PAGE: Final = Path(__file__).parent.parent / "docs" / "coordinator.md"
AREA: Final = load_area("west_midlands")


def rules() -> str:
    """Every rule with its source, topic by topic."""
    parts = []
    for topic in dict.fromkeys(rule.topic for rule in RULES):
        rows = "".join(_rule(rule) for rule in RULES if rule.topic == topic)
        parts.append(
            f"### {topic}\n\n| Rule | Asks | Source, and how sure it is | Read by | Goes to |\n|---|---|---|---|---|\n{rows}"
        )
    return "\n".join(parts)


def _rule(rule: Rule) -> str:
    off = "" if rule.on else " *Off until an area turns it on.*"
    return (
        f"| `{rule.id}` | {rule.asks}{off} | {rule.why} *{rule.standing.label.capitalize()}.* "
        f"| {'suggestion' if rule.reads else 'record'} | {MATTERS[rule.matter].doing.label} |\n"
    )


def matters() -> str:
    """Every matter that letters speak of, and what leads to it."""
    rows = []
    for matter in MATTERS.values():
        if matter.doing in TO:
            led = [f"`{rule.id}`" for rule in RULES if rule.matter == matter.id]
            led += [
                question.id
                for form in forms_for(AREA)
                for question in form.questions
                if question.matter == matter.id
            ]
            rows.append(
                f"| `{matter.id}` {matter.title} | {matter.doing.label} | {', '.join(dict.fromkeys(led))} |\n"
            )
    others = ", ".join(f"`{one.id}` {one.title}" for one in MATTERS.values() if one.doing not in TO)
    return f"| Matter | Goes to | From |\n|---|---|---|\n{''.join(rows)}\nIn nobody's letter: {others}.\n"


def forms() -> str:
    """Every form with its questions, then the local ones once."""
    found = forms_for(AREA)
    parts = [_form(form) for form in found]
    local: dict[str, Question] = {}
    beside = []
    for form in found:
        mine = {q.id: q for q in form.questions if not q.official}
        local.update(mine)
        if mine:
            beside.append(form.id)
    parts.append(
        f"### Local questions, beside {' and '.join(beside)}\n\n"
        "Ours, of no published form, and added up apart.\n\n" + _questions(list(local.values()))
    )
    return "\n".join(parts)


def _form(form: Form) -> str:
    unseen = "" if form.complete else f" Not the whole form: {form.unseen}."
    official = [question for question in form.questions if question.official]
    return f"### {form.label}: {form.title}\n\n{form.source}.{unseen}\n\n{_questions(official)}"


def _questions(questions: list[Question]) -> str:
    return "| Question | | Answered by | Scale |\n|---|---|---|---|\n" + "".join(
        f"| {q.id} | {q.text}{f' *{q.note}*' if q.note else ''} | {q.method} "
        f"| {', '.join(f'{option.label} {option.value}' for option in q.options)} |\n"
        for q in questions
    )


def answers() -> str:
    """What each function that fills in a question goes by."""
    return "| Name | Goes by |\n|---|---|\n" + "".join(
        f"| `{name}` | {answer.says} |\n" for name, answer in ANSWERS.items()
    )


def figures() -> str:
    """Every key figure with its target."""
    return "| Figure | Counts | Target | Source of the target |\n|---|---|---|---|\n" + "".join(
        map(_figure, MEASURES)
    )


def _figure(measure: Measure) -> str:
    counts = f"{measure.counts[:1].upper()}{measure.counts[1:]}."
    if measure.missing:
        counts += f" Not recorded: {measure.missing}."
    target = dict(AREA.targets).get(measure.id)
    said = "none" if target is None else f"{target} %"
    source = "" if target is None else AREA.source(f"target.{measure.id}")
    return f"| {measure.id} {measure.title} | {counts} | {said} | {source} |\n"


LISTS: Final[dict[str, Callable[[], str]]] = {
    "rules": rules, "matters": matters, "forms": forms, "answers": answers, "figures": figures,
}  # fmt: skip


def with_lists(text: str) -> str:
    """``text`` with every list as the program has it. ValueError where a list has no place."""
    for name, make in LISTS.items():
        begin, end = f"<!-- {name}: begin -->\n", f"<!-- {name}: end -->"
        if text.count(begin) != 1 or text.count(end) != 1:
            raise ValueError(f"no one place for {name}")
        made = f"{begin}{make()}{end}"
        text = re.sub(f"(?s){re.escape(begin)}.*?{re.escape(end)}", lambda _: made, text)  # noqa: B023
    return text


if __name__ == "__main__":
    PAGE.write_text(with_lists(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
