"""What the forms in force say, heading by heading, and a form with what an area keeps of it.

A form with kept headings or words is a template of its own: it is written anew as its folder would
be, so that a document issued with it is printed again with it.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

from panelkit.documents.shelf import Head, Shelf
from panelkit.documents.templates import SectionPlan, Template, files_of, read_template, template_of
from panelkit.domain.errors import PanelkitError
from panelkit.domain.guidance import BENEATH, Decision, Part, Provision, read_value, value_of

_PRINTED = {"always": "printed always", "when_any": "printed where there is something", "never": "not printed"}  # fmt: skip
_INCLUDE = {words: key for key, words in _PRINTED.items()}


def provisions(shelf: Shelf, on: date) -> Iterator[Provision]:
    """Of each form that is in force ``on`` a day; one that cannot be read is left out."""
    heads = [head for head in shelf.heads() if head.id]
    for template_id in sorted({head.id for head in heads}):
        mine = [_in_force(heads, template_id, on, own=own) for own in (True, False)]
        found = [_of_folder(head) for head in mine if head is not None]
        said = [each for each in found if each]
        if not said:
            continue
        yield from said[0].values()
        for one in said[1].values() if len(said) > 1 else ():
            if one.place not in said[0] or said[0][one.place].value != one.value:
                yield dataclasses.replace(one, place=f"{BENEATH}{one.place}")


def _in_force(heads: list[Head], template_id: str, on: date, *, own: bool) -> Head | None:
    there = [h for h in heads if h.id == template_id and h.own is own]
    usable = [h for h in there if h.effective_from <= on]
    if usable:
        return max(usable, key=lambda h: h.effective_from)
    return min(there, key=lambda h: h.effective_from) if there and not own else None


def _of_folder(head: Head) -> dict[str, Provision]:
    try:
        template = read_template(files_of(head.folder), head.folder)
    except PanelkitError:
        return {}  # whoever prints with it is told what is wrong
    return {one.place: one for one in _of_template(template, head)}


def _of_template(template: Template, head: Head | None) -> Iterator[Provision]:
    place, title = f"template.{template.id}", template.title
    said: dict[str, tuple[str, object]] = {
        "": ("the form", {"form": template.id}),
        ".title": ("its title", template.title),
        ".form_label": ("its name on every page", template.form_label),
        ".order": ("order of its sections", [plan.key for plan in template.sections]),
        ".look": ("its look, house.docx", hashlib.sha256(template.house).hexdigest()[:16]),
    }
    for plan in template.sections:
        said[f".section.{plan.key}"] = (f"section {plan.key.replace('_', ' ')}", _said_of(plan))
    for name, text in template.wording.items():
        said[f".wording.{name.removesuffix('.j2')}"] = (f"words of {name}", text)
    for under, (what, value) in said.items():
        source = f"{template.form_label}, version {template.version}, from {template.effective_from.isoformat()}"
        yield Provision(
            f"{place}{under}", Part.FORMS, f"{title}: {what}", value_of(value),
            source, head.folder.name if head else "", is_own=head is not None and head.own,
        )  # fmt: skip


def _said_of(plan: SectionPlan) -> dict[str, str]:
    return {"number": plan.number, "heading": plan.heading, "printed": _PRINTED[plan.include]}


# -- a form with what is kept of it -----------------------------------------------------------


def with_kept(template: Template, kept: Mapping[str, Decision], on: date) -> Template:
    """The form with the headings, order and words that an area keeps, as ``kept`` has them by place,
    for a meeting of the day ``on``.

    They are kept for meetings from the day of the decision on, and for earlier ones where the form of
    that day has the very words that were declined: a form that is older stays as it was.

    Raises BadInput where that is no usable form: it says which part of it.
    """
    mine = {
        place.removeprefix(f"template.{template.id}."): one
        for place, one in kept.items()
        if place.startswith(f"template.{template.id}.")
    }
    sections = {plan.key: plan for plan in template.sections}
    files, words, used = dict(template.files), {"title": template.title, "form_label": template.form_label}, []  # fmt: skip
    order = [plan.key for plan in template.sections]
    here = {one.place: one.value for one in _of_template(template, None)}
    for place, one in mine.items():
        if on < one.on and here.get(one.place) != one.now:
            continue
        what, _, name = place.partition(".")
        value = read_value(one.was)
        match what:
            case "title" | "form_label":
                words[what] = value
            case "order" if sorted(value) == sorted(order):
                order = list(value)
            case "section" if name in sections:
                sections[name] = SectionPlan(
                    name, value["heading"], value["number"], _INCLUDE[value["printed"]]  # type: ignore[arg-type]
                )  # fmt: skip
            case "wording" if f"wording/{name}.j2" in files:
                files[f"wording/{name}.j2"] = value.encode()
            case _:
                continue
        used.append(f"{place.replace('.', ' ').replace('_', ' ')}: {one.kept_words}")
    if not used:
        return template
    source = "\n".join([template.source, *(f"Kept local: {each}." for each in used)])
    plans = [sections[key] for key in order]
    files["template.toml"] = _written(template, words, source, plans, used).encode()
    return template_of(files, Path(template.id))


def _written(
    template: Template, words: Mapping[str, str], source: str, plans: list[SectionPlan],
    used: list[str],
) -> str:  # fmt: skip
    """The form as its file would say it."""
    mark = hashlib.sha256("\n".join(used).encode()).hexdigest()[:6]
    lines = [
        f"id = {_quoted(template.id)}", f"version = {_quoted(f'{template.version} kept {mark}')}",
        f"title = {_quoted(words['title'])}", f"form_label = {_quoted(words['form_label'])}",
        f"effective_from = {template.effective_from.isoformat()}", f"source = {_quoted(source)}",
    ]  # fmt: skip
    if template.smb_approved_on:
        lines.append(f"smb_approved_on = {template.smb_approved_on.isoformat()}")
    if template.smb_rationale:
        lines.append(f"smb_rationale = {_quoted(template.smb_rationale)}")
    for plan in plans:
        lines += [
            "", "[[section]]", f"key = {_quoted(plan.key)}", f"number = {_quoted(plan.number)}",
            f"heading = {_quoted(plan.heading)}", f"include = {_quoted(plan.include)}",
        ]  # fmt: skip
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """As TOML quotes a text: JSON's marks are TOML's, but for DEL, which TOML does not take bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
