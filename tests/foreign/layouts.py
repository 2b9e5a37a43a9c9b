"""The same meeting as Word documents in eight layouts, made by test code."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import docx
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn

from tests.foreign.truth import Action, Part, Truth

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def saved(document: Any) -> bytes:
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def table(document: Any, rows: list[list[str]], *, bold: bool = True) -> Any:
    made = document.add_table(rows=0, cols=len(rows[0]))
    for number, row in enumerate(rows):
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
            if bold and number == 0:
                for run in cell.paragraphs[0].runs:
                    run.bold = True
    return made


def marked(document: Any, text: str = "OFFICIAL-SENSITIVE") -> None:
    document.sections[0].header.paragraphs[0].text = text


def upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def people_rows(truth: Truth) -> list[list[str]]:
    rows = [["Name", "Role", "Agency", "Present / Apologies"]]
    for person in truth.people:
        role = f"{person.role} (Chair)" if person.name == truth.chair else person.role
        rows.append(
            [person.name, role, person.organisation, "Present" if person.present else "Apologies"]
        )
    return rows


def in_order(truth: Truth) -> list[Part]:
    """Every part, agencies after the case summary, under their own heading."""
    made = []
    for part in truth.parts:
        made.append(part)
        if part.item == "A6":
            made.append(Part(truth.agency_heading, "", ""))
            made += truth.agency_parts
    return made


# -- one: headings and tables ------------------------------------------------------------


def headings_and_tables(truth: Truth) -> bytes:
    document = docx.Document()
    marked(document)
    document.add_heading(f"Minutes of MAPPA Level {truth.level} {truth.kind} meeting", 0)
    table(document, [["Date of meeting", truth.held_words], ["Chair", truth.chair], ["MAPPA level", f"Level {truth.level}"],
                     ["Category", f"Category {truth.category}"], ["Type of meeting", truth.kind.capitalize()], ["Reference", truth.ref]], bold=False)  # fmt: skip
    document.add_heading("Attendance", 1)
    table(document, people_rows(truth))
    agencies = {part.heading for part in truth.agency_parts}
    for part in in_order(truth):
        document.add_heading(part.heading, 2 if part.heading in agencies else 1)
        if part.text:
            document.add_paragraph(part.text)
    document.add_heading(truth.actions_heading, 1)
    table(document, [["No.", "Action", "Owner", "Agency", "Due date"],
                     *([str(n), upper(a.text), a.owner, a.organisation, a.due_words] for n, a in enumerate(truth.actions, 1))])  # fmt: skip
    document.add_heading(truth.next_heading, 1)
    document.add_paragraph(truth.next_words)
    return saved(document)


# -- two: everything in one big table ----------------------------------------------------


def one_big_table(truth: Truth) -> bytes:
    document = docx.Document()
    made = document.add_table(rows=0, cols=4)

    def across(text: str, *, bold: bool = False) -> None:
        cells = made.add_row().cells
        cell = cells[0].merge(cells[3])
        cell.text = text
        if bold:
            cell.paragraphs[0].runs[0].bold = True

    def row(*texts: str) -> None:
        for cell, text in zip(made.add_row().cells, texts, strict=True):
            cell.text = text

    def pair(label: str, value: str) -> None:
        cells = made.add_row().cells
        cells[0].text = label
        cells[1].merge(cells[3]).text = value

    across(f"MAPPA LEVEL {truth.level} MEETING MINUTES", bold=True)
    row("Date:", truth.held_words, "Chair:", truth.chair)
    row("Level:", truth.level, "Category:", truth.category)
    pair("Type of meeting:", truth.kind.capitalize())
    pair("Protective marking:", "OFFICIAL SENSITIVE")
    pair("Ref:", truth.ref)
    across("Present", bold=True)
    row("Name", "Job title", "Organisation", "Attended Y/N")
    for person in truth.people:
        row(person.name, person.role, person.organisation, "Y" if person.present else "N")
    agencies = {part.heading for part in truth.agency_parts}
    for part in in_order(truth):
        if part.heading in agencies or part.text:
            pair(part.heading, part.text)
        else:
            across(part.heading, bold=True)
    across(truth.actions_heading, bold=True)
    row("Action", "By whom", "Agency", "By when")
    for action in truth.actions:
        row(upper(action.text), action.owner, action.organisation, action.due_words)
    pair(truth.next_heading, truth.next_words)
    return saved(document)


# -- three: bold lines, no styles --------------------------------------------------------


def bold_lines(truth: Truth) -> bytes:
    document = docx.Document()

    def line(text: str, *, bold: bool = False) -> None:
        document.add_paragraph().add_run(text).bold = bold or None

    line("OFFICIAL-SENSITIVE", bold=True)
    line(f"MAPPA Level {truth.level} {truth.kind} meeting", bold=True)
    line(f"Held on {truth.held_words}")
    line(f"Category: {truth.category}")
    line(f"Chair: {truth.chair}")
    line("Present:", bold=True)
    for person in truth.present:
        line(f"{person.name}, {person.role}, {person.organisation}")
    line("Apologies:", bold=True)
    for person in truth.absent:
        line(f"{person.name}, {person.role}, {person.organisation}")
    for part in in_order(truth):
        line(part.heading, bold=True)
        if part.text:
            line(part.text)
    line(f"{truth.actions_heading}:", bold=True)
    for action in truth.actions:
        line(f"{action.owner} to {action.text} by {action.due_words.removeprefix('by ')}.")
    line(f"{truth.next_heading}: ", bold=True)
    line(truth.next_words)
    return saved(document)


# -- four: numbered paragraphs -----------------------------------------------------------


def numbered(truth: Truth) -> bytes:
    document = docx.Document()
    marked(document, "RESTRICTED")
    document.add_paragraph("MINUTES OF THE MULTI-AGENCY PUBLIC PROTECTION MEETING")
    document.add_paragraph(f"Date and time: {truth.held_words}, 10:00 - 11:15")
    document.add_paragraph(f"Level and category: Level {truth.level}, Category {truth.category}")
    number = 1
    document.add_paragraph(f"{number}.0 Introductions and apologies")
    document.add_paragraph(f"{number}.1 {truth.chair} (chair) welcomed everyone.")
    document.add_paragraph(
        "Present: " + "; ".join(f"{p.name} ({p.organisation})" for p in truth.present)
    )
    document.add_paragraph(
        "Apologies: " + "; ".join(f"{p.name} ({p.organisation})" for p in truth.absent)
    )
    agencies = {part.heading for part in truth.agency_parts}
    within = 0
    for part in in_order(truth):
        if part.heading in agencies:
            within += 1
            document.add_paragraph(f"{number}.{within} {part.heading}: {part.text}")
            continue
        number, within = number + 1, 0
        document.add_paragraph(f"{number}.0 {part.heading}")
        for place, sentence in enumerate(part.text.split(". "), start=1):
            if sentence:
                document.add_paragraph(f"{number}.{place} {sentence.rstrip('.')}.")
    number += 1
    document.add_paragraph(f"{number}.0 {truth.actions_heading}")
    for place, action in enumerate(truth.actions, start=1):
        document.add_paragraph(
            f"{number}.{place} {upper(action.text)} – {action.owner} – {action.due_words}"
        )
    document.add_paragraph(f"{number + 1}.0 {truth.next_heading}")
    document.add_paragraph(truth.next_words)
    return saved(document)


# -- five: the action column beside the text ---------------------------------------------


def beside(action: Action, number: int) -> tuple[str, str]:
    """What is written under discussion, and what stands in the column beside it."""
    due = action.due_words.removeprefix("by ")
    surname = action.owner.split()[-1]
    if number % 3 == 0:
        return "", f"{action.owner} to {action.text} by {due}"
    if number % 3 == 1:
        return (
            f" It was noted that more is needed. {action.owner} agreed to {action.text}.",
            f"Action: {action.owner} by {due}",
        )
    return f" {surname} will {action.text}.", f"{action.owner}\nby {due}"


def action_column(truth: Truth) -> bytes:
    document = docx.Document()
    document.add_paragraph(f"MAPPA Level {truth.level} {truth.kind} meeting, {truth.held_words}")
    document.add_paragraph(f"Chaired by: {truth.chair}")
    document.add_paragraph(f"MAPPA category: {truth.category}")
    table(document, people_rows(truth))
    made = document.add_table(rows=1, cols=3)
    for cell, text in zip(made.rows[0].cells, ("Agenda item", "Discussion", "Action"), strict=True):
        cell.text = text
    agencies = {part.heading for part in truth.agency_parts}
    pending = list(enumerate(truth.actions))
    rows = [
        *in_order(truth),
        Part(truth.actions_heading, "A16", "Read back by the chair."),
        Part(truth.next_heading, "A18", truth.next_words),
    ]
    able = [part for part in rows if part.item in ("A6", "A7", "A9", "A10", "A11", "A14", "A16")]
    for place, part in enumerate(rows):
        cells = made.add_row().cells
        cells[0].text = part.heading if part.heading in agencies else f"{place + 1}. {part.heading}"
        cells[1].text, actions = part.text, []
        share = (
            -(-len(pending) // max(1, sum(1 for each in rows[place:] if each in able)))
            if part in able
            else 0
        )
        for number, action in pending[:share]:
            words, column = beside(action, number)
            cells[1].text += words
            actions.append(column)
        pending = pending[share:]
        cells[2].text = "\n".join(actions)
    return saved(document)


# -- six: actions as a bullet list -------------------------------------------------------


def bulleted_actions(truth: Truth) -> bytes:
    document = docx.Document()
    document.add_heading(f"MAPPA {truth.kind} meeting - Level {truth.level}", 1)
    document.add_paragraph(f"Meeting date:\t{truth.held_words}")
    document.add_paragraph(f"Chair:\t{truth.chair}")
    document.add_paragraph(f"Category:\tCat {truth.category}")
    document.add_heading("Attendees", 2)
    for person in truth.present:
        document.add_paragraph(
            f"{person.name} – {person.role} – {person.organisation}", style="List Bullet"
        )
    document.add_heading("Apologies", 2)
    for person in truth.absent:
        document.add_paragraph(
            f"{person.name} – {person.role} – {person.organisation}", style="List Bullet"
        )
    last = len(truth.actions)
    given = iter(range(last))
    agencies = {part.heading for part in truth.agency_parts}
    for part in in_order(truth):
        document.add_heading(part.heading, 3 if part.heading in agencies else 2)
        if part.text:
            document.add_paragraph(part.text)
        if part.item in ("A9", "A11") and (number := next(given, None)) is not None:
            document.add_paragraph(in_line(truth.actions[number], number))
    document.add_heading(truth.actions_heading, 2)
    for number in given:
        document.add_paragraph(in_line(truth.actions[number], number), style="List Bullet")
    document.add_heading(truth.next_heading, 2)
    document.add_paragraph(truth.next_words)
    return saved(document)


def in_line(action: Action, number: int) -> str:
    due = action.due_words.removeprefix("by ")
    return (
        f"ACTION – {action.owner} to {action.text} by {due}",
        f"ACTION – {upper(action.text)} ({action.owner}, {due})",
        f"ACTION {number + 1}: {action.owner} will {action.text}. Deadline: {due}",
        f"ACTION – {upper(action.text)}. Owner: {action.owner}. Due: {due}",
    )[number % 4]  # fmt: skip


# -- seven: capitals, details in a row of labels, actions as lines with labels -----------


def capitals(truth: Truth) -> bytes:
    document = docx.Document()
    document.add_paragraph("NORTHMOOR MAPPA")
    table(document, [["Date of meeting", "Chair", "Level", "Category", "Type"],
                     [truth.held_words, truth.chair, truth.level, truth.category, truth.kind.capitalize()]])  # fmt: skip
    document.add_paragraph("THOSE PRESENT")
    for person in truth.present:
        document.add_paragraph(f"{person.name}\t{person.organisation}")
    document.add_paragraph("APOLOGIES")
    for person in truth.absent:
        document.add_paragraph(f"{person.name}\t{person.organisation}")
    for part in in_order(truth):
        document.add_paragraph(part.heading.upper())
        if part.text:
            document.add_paragraph(part.text)
    document.add_paragraph(truth.actions_heading.upper())
    for number, action in enumerate(truth.actions, start=1):
        document.add_paragraph(f"{number}. {upper(action.text)}")
        document.add_paragraph(f"Owner: {action.owner} ({action.organisation})")
        document.add_paragraph(f"By when: {action.due_words}")
    document.add_paragraph(truth.next_heading.upper())
    document.add_paragraph(truth.next_words)
    return saved(document)


# -- eight: merged cells, nested tables, text boxes, tracked changes, comments ------------


def box(text: str) -> Any:
    return parse_xml(
        f"<w:r {nsdecls('w')} xmlns:v='urn:schemas-microsoft-com:vml'><w:pict><v:shape><v:textbox><w:txbxContent>"
        f"<w:p><w:r><w:t xml:space='preserve'>{text.replace('&', '&amp;')}</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r>"
    )


def tracked(paragraph: Any, kept: str, removed: str, added: str) -> None:
    """Words with a part that was replaced and a part that replaced it, neither accepted."""
    paragraph.add_run(kept)
    for tag, name, text in (("del", "delText", removed), ("ins", "t", added)):
        change = OxmlElement(f"w:{tag}")
        change.set(qn("w:id"), "9")
        change.set(qn("w:author"), "Somebody")
        run, words = OxmlElement("w:r"), OxmlElement(f"w:{name}")
        words.text = text
        words.set(qn("xml:space"), "preserve")
        run.append(words)
        change.append(run)
        paragraph._p.append(change)


def nested_attendance(document: Any, truth: Truth) -> None:
    """A table in a merged cell, its organisations in cells merged downwards."""
    outer = document.add_table(rows=2, cols=2)
    outer.cell(0, 0).merge(outer.cell(0, 1)).text = "Attendance"
    inner_cell = outer.cell(1, 0).merge(outer.cell(1, 1))
    inner = inner_cell.add_table(rows=1, cols=4)
    for cell, text in zip(
        inner.rows[0].cells, ("Agency", "Name", "Role", "Attendance"), strict=True
    ):
        cell.text = text
    by_body: dict[str, list[Any]] = {}
    for person in truth.people:
        cells = inner.add_row().cells
        for cell, text in zip(
            cells,
            ("", person.name, person.role, "Present" if person.present else "Apologies"),
            strict=True,
        ):
            cell.text = text
        by_body.setdefault(person.organisation, []).append((len(inner.rows) - 1, person))
    for body, rows in by_body.items():
        runs: list[list[int]] = []
        for number, _person in rows:
            if runs and number == runs[-1][-1] + 1:
                runs[-1].append(number)
            else:
                runs.append([number])
        for run in runs:
            merged = inner.cell(run[0], 0)
            if len(run) > 1:
                merged = merged.merge(inner.cell(run[-1], 0))
            merged.text = body


def messy(truth: Truth) -> bytes:
    document = docx.Document()
    marked(document)
    title = document.add_paragraph()
    tracked(
        title, f"Minutes of the MAPPA Level {truth.level} ", "monthly ", f"{truth.kind} meeting"
    )
    title._p.append(box(f"Date of meeting: {truth.held_words}"))
    document.add_comment(
        title.runs,
        "Is this the right date? Action: nobody to do nothing by 1/1/26",
        "A reader",
        "AR",
    )
    nested_attendance(document, truth)
    document.add_paragraph(f"Chair: {truth.chair}")
    document.add_paragraph(f"Category: {truth.category}")
    agencies = {part.heading for part in truth.agency_parts}
    for part in in_order(truth):
        document.add_heading(part.heading, 2 if part.heading in agencies else 1)
        if part.text:
            half = len(part.text) // 2
            tracked(
                document.add_paragraph(), part.text[:half], " (to be checked) ", part.text[half:]
            )
    document.add_heading(truth.actions_heading, 1)
    made = document.add_table(rows=2, cols=4)
    made.cell(0, 0).merge(made.cell(0, 3)).text = "All actions were accepted by their owners"
    for cell, text in zip(
        made.rows[1].cells, ("Ref", "Action required", "Responsible", "Timescale"), strict=True
    ):
        cell.text = text
    for number, action in enumerate(truth.actions, start=1):
        cells = made.add_row().cells
        cells[0].text = str(number)
        tracked(cells[1].paragraphs[0], "", "Consider whether to ", upper(action.text))
        cells[2].text = f"{action.owner} ({action.organisation})"
        cells[3].text = action.due_words
    document.add_heading(truth.next_heading, 1)
    document.add_paragraph()._p.append(box(truth.next_words))
    return saved(document)


LAYOUTS: dict[str, Callable[[Truth], bytes]] = {
    "headings and tables": headings_and_tables,
    "one big table": one_big_table,
    "bold lines": bold_lines,
    "numbered paragraphs": numbered,
    "action column": action_column,
    "bulleted actions": bulleted_actions,
    "capitals": capitals,
    "merged, nested, tracked": messy,
}
