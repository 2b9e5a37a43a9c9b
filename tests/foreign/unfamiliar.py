"""Documents in wording that no form of minutes uses, written before the reader was tried on them.

What is not known in them must be said to be not found, and never be guessed. Much of it is not:
whoever teaches the reader such wording raises the recall that the test prints.
"""

from __future__ import annotations

from datetime import date

import docx

from tests.foreign.hand import Hand, lines
from tests.foreign.layouts import marked, saved, table


def trust_form() -> bytes:
    document = docx.Document()
    marked(document, "OFFICIAL: SENSITIVE")
    document.add_heading("Multi-Agency Public Protection Panel: Level 2 Review", 0)
    document.add_paragraph("Panel date: 14 January 2027          Time: 13.30 to 14.20")
    document.add_paragraph("Chaired by Detective Inspector Asif Malik")
    document.add_heading("Who was there", 1)
    table(document, [["", "Name", "From"], ["1", "DI Asif Malik", "Westerby Police (Chair)"], ["2", "Donna Crewe", "Probation Service"], ["3", "Yusuf Bello", "Westerby Homes (housing)"],
                     ["4", "Sister Anne Rudd", "Community Forensic Team"]])  # fmt: skip
    document.add_paragraph(
        "Apologies were given by Clare Finch (Children's Services), who sent a report."
    )
    document.add_heading("What we decided last time", 1)
    lines(
        document,
        """
        * Donna Crewe was to ask for the tag to be extended. Done on 2 December.
        * Westerby Homes was to inspect the door. Not done; the contractor did not come.
    """,
    )
    document.add_heading("What has changed", 1)
    document.add_paragraph("He lost his job on 4 January and has been seen near the college twice.")
    document.add_heading("Who might be harmed and how", 1)
    document.add_paragraph(
        "Risk of serious harm is assessed as high to the public and medium to children. He is most dangerous when out of work."
    )
    document.add_heading("How the risk is managed", 1)
    document.add_paragraph("Two reports a week, a tag until March, and drug tests each Friday.")
    document.add_heading("People harmed", 1)
    document.add_paragraph("V1 has been told of the change by her liaison officer.")
    document.add_heading("Telling others", 1)
    document.add_paragraph(
        "The panel agreed to disclose to the head of security at the college, because he has been seen there twice."
    )
    document.add_heading("Level", 1)
    document.add_paragraph("Stays at Level 2.")
    document.add_heading("To do", 1)
    table(document, [["Task", "Person", "Finish by"], ["See the head of security at the college", "DI Malik", "Tues 19 Jan"], ["Repair the door at the flat", "Yusuf Bello", "End of January"],
                     ["Set up a session with the employment adviser", "Donna Crewe", "22/1/27"]])  # fmt: skip
    document.add_heading("We meet again", 1)
    document.add_paragraph("11 March 2027, 13.30")
    return saved(document)


def short_note() -> bytes:
    document = docx.Document()
    lines(
        document,
        """
        MAPPA LEVEL 3 - EMERGENCY PANEL - 30/08/2026
        CHAIR: Ch Supt Lesley Boothe
        PRESENT: Ch Supt L Boothe, Graham Tait (Head of PDU), Sofia Marin (Director, Children's Services), DS Neil Purvis
        Why we met
        He removed his tag at 0200 on 29 August and has not been found.
        Risk now
        Very high to V2 and her son. Low to staff.
        What each agency will do
        - Police: circulate as wanted tonight; alarm at V2's address by 31 August (DS Purvis).
        - Probation: recall papers to PPCS by noon today. GT.
        - Children's Services: move V2 and son to agreed address before 6pm (SM)
        Telling people
        V2 told by DS Purvis at 10am. No one else to be told.
        Level
        Level 3 until he is found.
        Next
        Panel to meet again on 2 September at 9am.
    """,
    )
    return saved(document)


def long_table() -> bytes:
    document = docx.Document()
    made = document.add_table(rows=0, cols=3)

    def row(*texts: str) -> None:
        for cell, text in zip(made.add_row().cells, texts, strict=True):
            cell.text = text

    row("Title", "MAPPA L2 meeting", "")
    row("Meeting held", "Wednesday 7 April 2027", "")
    row("In the chair", "Moses Adeyemi, Senior Probation Officer", "")
    row(
        "Persons attending",
        "DC Tara Quill (Police)\nMoses Adeyemi (Probation)\nRob Ince (Adult Social Care)",
        "",
    )
    row("Sent apologies", "Jo Platt (Housing)", "")
    row("", "", "For action")
    row("A. Opening", "Those present agreed the confidentiality agreement.", "")
    row(
        "B. Reports",
        "Police have had no calls. Adult Social Care has completed a Care Act assessment and he is not eligible.",
        "Rob Ince to send the assessment to MA by 14/4",
    )
    row(
        "C. Current risks",
        "High to known adults. Likely to act when drinking. DC Quill to ask the licensing team about the pub.",
        "DC Quill",
    )
    row(
        "D. Plan",
        "Curfew remains, alcohol tag to be requested.",
        "MA to apply for alcohol tag – 16 April 2027",
    )
    row("E. Victims", "None are in contact with services.", "")
    row("F. Disclosure", "Not needed.", "")
    row("G. Agreed level", "2", "")
    row("H. Next meeting", "Wednesday 30 June 2027", "")
    return saved(document)


UNFAMILIAR = {
    "trust form": Hand(
        trust_form, date(2027, 1, 14), "2", "Detective Inspector Asif Malik",
        (("what we decided last time", "A5"), ("what has changed", "A6"), ("who might be harmed and how", "A10"), ("how the risk is managed", "A11"), ("people harmed", "A9"),
         ("telling others", "A13"), ("level", "A15"), ("to do", "A16"), ("we meet again", "A18")),
        (("ask for the tag to be extended", "Donna Crewe", None), ("inspect the door", "", None), ("see the head of security", "DI Asif Malik", date(2027, 1, 19)),
         ("repair the door", "Yusuf Bello", None), ("set up a session", "Donna Crewe", date(2027, 1, 22))),
        ("DI Asif Malik", "Donna Crewe", "Yusuf Bello", "Anne Rudd", "Clare Finch"),
    ),
    "short note": Hand(
        short_note, date(2026, 8, 30), "3", "Ch Supt Lesley Boothe",
        (("why we met", "A6"), ("risk now", "A10"), ("what each agency will do", "A16"), ("telling people", "A13"), ("level", "A15"), ("next", "A18")),
        (("circulate as wanted", "DS Neil Purvis", date(2026, 8, 31)), ("recall papers", "Graham Tait", date(2026, 8, 30)), ("move v2 and son", "Sofia Marin", None)),
        ("Ch Supt L Boothe", "Graham Tait", "Sofia Marin", "DS Neil Purvis"),
    ),
    "long table": Hand(
        long_table, date(2027, 4, 7), "2", "Moses Adeyemi",
        (("opening", "A1"), ("reports", "A7"), ("current risks", "A10"), ("plan", "A11"), ("victims", "A9"), ("disclosure", "A13"), ("agreed level", "A15"), ("next meeting", "A18")),
        (("send the assessment", "Rob Ince", date(2027, 4, 14)), ("ask the licensing team", "DC Tara Quill", None), ("apply for alcohol tag", "Moses Adeyemi", date(2027, 4, 16))),
        ("DC Tara Quill", "Moses Adeyemi", "Rob Ince", "Jo Platt"),
    ),
}  # fmt: skip
