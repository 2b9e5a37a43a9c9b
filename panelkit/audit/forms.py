"""The audit forms: those that ship, with what an area's own file corrects, adds or leaves out."""

from __future__ import annotations

import copy
from functools import cache
from pathlib import Path
from typing import Any, Final

from panelkit import tomlfile
from panelkit.domain.area import Area
from panelkit.domain.audit_forms import Counts, Form, FormKind, Method, Option, Question
from panelkit.domain.errors import BadInput, NotFound

SHIPPED: Final = Path(__file__).with_name("forms.toml")

Written = dict[str, Any]
"""A file of forms as TOML gives it."""


def forms_for(area: Area) -> tuple[Form, ...]:
    """The forms of this area. Raises BadInput for an own file that cannot be used."""
    return load_forms(Path(area.audit_forms) if area.audit_forms else None)


def form_named(area: Area, form_id: str) -> Form:
    """One form of this area, by its id in small or capital letters. Raises NotFound."""
    found = forms_for(area)
    for form in found:
        if form.id.casefold() == form_id.strip().casefold():
            return form
    msg = "There is no such audit form here."
    raise NotFound(msg, remedy=f"Use {', '.join(form.id for form in found)}.")


def load_forms(own: Path | None = None) -> tuple[Form, ...]:
    """The shipped forms, with the file ``own`` laid over them.

    Raises BadInput, naming file and place, for a file that cannot be read or that asks for
    a scale or an answer there is not.
    """
    if own is None:
        return _shipped()
    name = tomlfile.shown(own)
    data = tomlfile.read_toml(own)
    from panelkit.audit.forms_file import check

    check(data, name)
    return _forms(_laid_over(copy.deepcopy(_file()), data), name)


@cache
def _file() -> Written:
    return tomlfile.read_toml(SHIPPED)


@cache
def _shipped() -> tuple[Form, ...]:
    return _forms(_file(), SHIPPED.name)


def _laid_over(base: Written, own: Written) -> Written:
    base["scale"] = {**base.get("scale", {}), **own.get("scale", {})}
    for group in ("form", "local"):
        for form_id, said in own.get(group, {}).items():
            there = base.setdefault(group, {}).setdefault(form_id, {})
            questions = there.setdefault("question", {})
            there.update({key: value for key, value in said.items() if key != "question"})
            for question_id, changed in said.get("question", {}).items():
                questions[question_id] = {**questions.get(question_id, {}), **changed}
    return base


def _forms(data: Written, name: str) -> tuple[Form, ...]:
    for local_id, local in data.get("local", {}).items():
        if unknown := sorted(set(local.get("beside", ())) - set(data.get("form", {}))):
            msg = f"{name}: local.{local_id}.beside names a form {unknown[0]} that there is not."
            raise BadInput(msg, remedy="Use the id of a form.")
    return tuple(_form(form_id, body, data, name) for form_id, body in data["form"].items())


def _form(form_id: str, body: Written, data: Written, name: str) -> Form:
    place = f"{name}: form.{form_id}"
    own = _questions(body, data, place, body.get("source", ""))
    beside = [
        question
        for local_id, local in data.get("local", {}).items()
        if form_id in local.get("beside", ())
        for question in _questions(local, data, f"{name}: local.{local_id}", local.get("source", ""))
    ]  # fmt: skip
    for key in ("title", "place", "kind", "source"):
        _needed(body, key, place)
    official = [q for q in own if q.official]
    added = [q for q in own if not q.official]
    ids = [q.id for q in (*own, *beside)]
    if twice := next((i for i in ids if ids.count(i) > 1), ""):
        raise BadInput(f"{place} has {twice} twice.", remedy="Give one of them another id.")
    return Form(
        id=form_id, title=body["title"], place=body["place"], kind=FormKind(body["kind"]),
        source=body["source"], complete=body.get("complete", False),
        unseen=body.get("unseen", ""), questions=(*official, *added, *beside),
    )  # fmt: skip


def _questions(body: Written, data: Written, place: str, source: str) -> list[Question]:
    return [
        _question(question_id, said, data, f"{place}.question.{question_id}", source)
        for question_id, said in body.get("question", {}).items()
        if said.get("use", True)
    ]


def _question(question_id: str, said: Written, data: Written, place: str, source: str) -> Question:
    for key in ("section", "text", "scale"):
        _needed(said, key, place)
    scale = data.get("scale", {}).get(said["scale"])
    if scale is None:
        msg = f"{place}.scale names a scale that there is not."
        raise BadInput(msg, remedy=f"Use {', '.join(data.get('scale', {}))}, or add one.")
    options = tuple(Option(**option) for option in scale["options"])
    question = Question(
        id=question_id, section=said["section"], text=said["text"],
        method=Method(said.get("method", "HUMAN")), counts=Counts(scale["counts"]),
        options=options, source=said.get("source", source),
        standing=said.get("standing", "inferred"), official=said.get("official", False),
        answer=said.get("answer", ""), note=said.get("note", ""),
        observed=said.get("observed", False),
        matter=said.get("matter", ""),
    )  # fmt: skip
    _must_fit(question, place)
    return question


def _needed(body: Written, key: str, place: str) -> None:
    if not body.get(key):
        raise BadInput(f"{place}.{key} is missing.", remedy="Add it.")


def _must_fit(question: Question, place: str) -> None:
    """What fills it in must be there, and answer only what the scale offers."""
    from panelkit.audit.answering import ANSWERS
    from panelkit.audit.matters import MATTERS

    if question.matter and question.matter not in MATTERS:
        msg = f"{place}.matter names a matter that there is not."
        raise BadInput(msg, remedy="Leave it out, or use one that docs/coordinator.md lists.")
    keys = [option.key for option in question.options]
    if len(keys) != len(set(keys)):
        raise BadInput(f"{place}: its scale has an answer twice.", remedy="Take one out.")
    if question.method is Method.HUMAN or not question.answer:
        if question.answer and question.answer not in ANSWERS:
            _no_such_answer(place)
        return
    if question.answer not in ANSWERS:
        _no_such_answer(place)
    if missing := sorted(ANSWERS[question.answer].keys - set(keys)):
        msg = f"{place}: {question.answer} may answer {missing[0]}, which its scale lacks."
        raise BadInput(msg, remedy="Use a scale with that key, or method HUMAN.")


def _no_such_answer(place: str) -> None:
    msg = f"{place}.answer names a function that there is not."
    raise BadInput(
        msg, remedy="Leave it out: then a person answers. docs/coordinator.md lists them."
    )
