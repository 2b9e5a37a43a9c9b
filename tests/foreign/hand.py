"""Documents written by hand, each as untidy as real minutes are, with what a reader finds in them.

They were written after the reader and before it was tried on them; all in them is invented.
Each truth: sections as (heading, item), actions as (a piece of the text, owner, date or None).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import docx

from tests.foreign.layouts import marked, saved, table


@dataclass(frozen=True)
class Hand:
    build: Callable[[], bytes]
    held_on: date
    level: str
    chair: str
    sections: tuple[tuple[str, str], ...]
    actions: tuple[tuple[str, str, date | None], ...]
    people: tuple[str, ...]


def lines(document: Any, text: str) -> None:
    """Paragraphs: ``**bold**`` ones, bullets after ``* ``, the rest plain."""
    for line in text.strip().split("\n"):
        words = line.strip()
        if words.startswith("**"):
            lead, _, rest = words[2:].partition("**")
            paragraph = document.add_paragraph()
            paragraph.add_run(lead).bold = True
            paragraph.add_run(rest)
        elif words.startswith("* "):
            document.add_paragraph(words[2:], style="List Bullet")
        elif words:
            document.add_paragraph(words)


def letter_like() -> bytes:
    document = docx.Document()
    marked(document, "OFFICIAL SENSITIVE when complete")
    lines(
        document,
        """
        **NORTHMOOR MULTI AGENCY PUBLIC PROTECTION ARRANGEMENTS**
        **Minutes of the Level 2 MAPP Meeting held on Tuesday 3rd February 2026 at 2pm via Teams**
        **Re:** Mr D.K. (NM/771)
        **In attendance:**
        T/DI Sarah Whitlock – Northmoor Police (Chair)
        DC Paul Grant, MOSOVO
        Helen Marsh, Probation Practitioner
        Cllr Joan Pym – Lay Adviser
        Kate Doyle – Children's Social Care
        Minutes: Amy Lister
        **Apologies:** Rashid Khan (Housing Options), Dr Ellen Voss (Forensic CMHT)
        **1. Introductions and confidentiality**
        The Chair opened the meeting and reminded all of the confidentiality statement that had been circulated.
        **2. Actions from last meeting**
        2.1 DC Grant to confirm the vehicle registration – Completed 12/1/26.
        2.2 Probation to refer to Horizon – ongoing, waiting list.
        **3. Update**
        **Police:** There has been one call to the address on 17 January. No offences disclosed.
        **Probation:** He has attended every appointment. He says he is bored.
        **Children's Social Care:** nothing to add.
        **4. Risk**
        RoSH children: High. RoSH public: Medium. Triggers remain alcohol and isolation.
        **5. Disclosure**
        It was agreed that no disclosure is required at this stage as he has no contact with children.
        **6. Level**
        To remain at Level 2.
        **7. Actions**
        1. DC Grant to visit unannounced before 20th February and report back.
        2. HM to chase Horizon by w/c 16/2.
        3. Kate Doyle to check whether the neighbour's children are known – ASAP.
        4. Amy Lister to circulate minutes by 17/02/2026.
        **8. Date of next meeting**
        Tuesday 14th April 2026 at 2pm
    """,
    )
    return saved(document)


def council_form() -> bytes:
    document = docx.Document()
    document.add_heading("MAPPA Level 3 Meeting Record", 0)
    table(document, [["Subject ID", "HX-2210", "Meeting date", "11/09/2026"], ["Chaired by", "Supt. Dominic Achebe", "Minute taker", "Lorna Fitch"],
                     ["MAPPA Category", "2", "MAPPA Level", "3"], ["Meeting type", "Emergency", "Venue", "MS Teams"]], bold=False)  # fmt: skip
    table(document, [["Attendee", "Designation", "Service", "In attendance (Y/N)"], ["Supt. Dominic Achebe", "Chair", "Harrow Moor Constabulary", "Y"],
                     ["Petra Novak", "Head of PDU", "Probation", "Y"], ["Ian Strand", "Governor", "HMP Westing", "Y"],
                     ["Moira Callaghan", "Service manager", "Adult Social Care", "N"]])  # fmt: skip
    made = document.add_table(rows=0, cols=2)
    for label, text in (
        ("Reason for emergency meeting", "Release was brought forward to Monday. The approved premises withdrew the bed on Wednesday."),
        ("Equality, diversity & inclusion", "He uses a hearing aid. An induction loop is needed for interviews."),
        ("Victim perspective\n(VLO)", "V1 was told of the release by telephone on Thursday. She asks that the exclusion zone covers her new workplace."),
        ("Assessment of risk", "Very high risk to a known adult. Imminence: from the day of release. The pattern is of violence at the end of relationships."),
        ("Risk Management Plan", "Supervision: daily reporting for two weeks.\nMonitoring and control: GPS tag and curfew 7pm to 7am.\nVictim safety: alarm fitted and markers on both addresses.\nContingency: recall if the curfew is broken."),
        ("Disclosure considerations", "Disclosure to the employer of V1 was agreed. DI Prentice will speak to her manager with V1's consent."),
        ("Decision re level", "Level 3. Resources beyond one agency are needed at short notice."),
        ("Actions agreed", "Petra Novak – secure out of area AP bed – by Monday 14th September\nDI Prentice – speak to the employer – 12.9.26\nHMP Westing – fit GPS tag before release – on day of release\nAll – share any new intelligence immediately"),
        ("Next review", "25th September 2026, 10am"),
    ):  # fmt: skip
        cells = made.add_row().cells
        cells[0].text = label
        cells[1].text = text
    return saved(document)


def narrative() -> bytes:
    document = docx.Document()
    lines(
        document,
        """
        RESTRICTED
        MAPPA REVIEW MEETING - LEVEL TWO
        Date: 6 July 2026
        Present: Alan Birch (SPO, Chair), PS Nikki Lowe (Police), Farah Aziz (Housing), Owen Tudor (Mental Health Trust)
        Apologies: Sue Crane (Education)
        CONFIDENTIALITY
        Read out by the chair.
        MATTERS ARISING
        Farah Aziz had found a flat in Thornwick, which he moved into on 1 June. The rest was done.
        PRESENT SITUATION
        The group heard that he has work three days a week. PS Lowe said that nothing new is known. Owen Tudor will send the care plan to all by the end of the month. ACTION: OT
        VICTIM ISSUES
        None new. The restraining order runs to 2028.
        RISK ASSESSMENT
        Risk to known adults remains high, public low, staff low. He drinks less.
        RISK MANAGEMENT PLAN
        The plan stands. Farah Aziz to ask the landlord about visitors by 20 July.  ACTION: FA
        Joint home visit to be arranged (Action: PS Lowe and Alan Birch, by 31/7).
        MEDIA
        No issues.
        ANY OTHER BUSINESS
        There was none.
        OUTCOME
        Remain Level 2.
        NEXT MEETING
        Monday 28th September 2026
    """,
    )
    return saved(document)


def action_log() -> bytes:
    document = docx.Document()
    document.add_heading("MAPP meeting minutes", 1)
    lines(
        document,
        """
        **Date of Meeting:** 22.05.2026
        **Level:** 2
        **Chair:** Insp. Colin Webb
        **Category:** One
    """,
    )
    document.add_heading("Present", 2)
    table(document, [["Insp. Colin Webb", "Public Protection", "Police"], ["Mary-Ann Tully", "Probation practitioner", "Probation Service"], ["Sanjay Rao", "Social worker", "Children's Services"]], bold=False)  # fmt: skip
    document.add_heading("Review of previous actions", 2)
    table(document, [["No", "Action", "Owner", "Update", "Status"], ["4.1", "Check school catchment of new address", "Sanjay Rao", "Checked; none within a mile", "Complete"],
                     ["4.2", "Apply to vary the SHPO", "Insp. Webb", "Listed for 9 June", "In progress"]])  # fmt: skip
    document.add_heading("Agency updates", 2)
    document.add_heading("Police", 3)
    document.add_paragraph("Two visits since March. A second phone was found and declared.")
    document.add_heading("Probation Service", 3)
    document.add_paragraph("Polygraph passed on 30 April.")
    document.add_heading("ROSH", 2)
    table(document, [["Risk to", "Level", "Rationale"], ["Children", "High", "Index offence; second phone"], ["Public", "Low", "No pattern"], ["Staff", "Low", "Compliant"]])  # fmt: skip
    document.add_heading("RMP", 2)
    document.add_paragraph("Unannounced visits every six weeks.")
    document.add_heading("Decisions", 2)
    table(document, [["Decision", "Rationale"], ["Remain at Level 2", "The SHPO variation is outstanding."], ["No disclosure", "No children at the address."]])  # fmt: skip
    document.add_heading("New Actions", 2)
    made = document.add_table(rows=1, cols=4)
    for cell, text in zip(made.rows[0].cells, ("#", "What", "Who", "By when"), strict=True):
        cell.text = text
    for row in (("5.1", "Examine the second phone", "Insp. Webb / MOSOVO", "5th June"), ("5.2", "Write to the school", "Sanjay Rao\n(CSC)", "Next meeting"),
                ("5.3", "Update OASys", "M-A Tully", "12/06/26"), ("5.4", "Book polygraph", "Mary-Ann Tully", "TBC")):  # fmt: skip
        for cell, text in zip(made.add_row().cells, row, strict=True):
            cell.text = text
    document.add_heading("Next meeting", 2)
    document.add_paragraph("TBC – within 12 weeks")
    return saved(document)


def scottish() -> bytes:
    document = docx.Document()
    marked(document, "OFFICIAL-SENSITIVE")
    lines(
        document,
        """
        **MAPPA Level 2 Meeting - Minutes**
        **Type of meeting:** Initial
        **Date of meeting:** Thursday 8 October 2026
        **Location:** Council Chambers, Fernhill
        **Chair:** Detective Chief Inspector Rhona Geddes
        **Present**
    """,
    )
    table(document, [["Name", "Agency and designation", "Contact"], ["DCI Rhona Geddes", "Police Service, Chair", "r.g@example.invalid"], ["Callum Innes", "Criminal Justice Social Work, Team Leader", "c.i@example.invalid"],
                     ["Morag Laird", "NHS Fernhill, Liaison nurse", "m.l@example.invalid"], ["Isla Ross", "Housing, Sex Offender Liaison Officer", "i.r@example.invalid"]])  # fmt: skip
    lines(
        document,
        """
        **Confidentiality statement**
        The chair read the statement and all agreed to be bound by it.
        **Background information**
        Convicted in 2024 of two contraventions. Released on 1 October 2026 on a three year extended sentence.
        **Information sharing**
        **Police** DS Mackie advised that two home visits were done and nothing of note was found.
        **Housing** Ms Ross advised that the tenancy began on 2 October.
        **Risk assessment**
        SA07 and LS/CMI both completed in September. Overall risk: High.
        **Victim considerations**
        None identified beyond the original complainer, who lives outwith the area.
        **Risk management plan**
        Weekly supervision by CJSW; fortnightly visits by police.
        **Level of MAPPA management**
        After discussion it was agreed that the case should be managed at Level 2, given the recent release.
        **Action points**
    """,
    )
    for owner, text, due in (("Callum Innes", "Submit request for work placement check", "22/10/26"), ("Isla Ross", "Environmental scan of the block to be repeated", "15th Oct"), ("Police", "Carry out device examination", "Within 4 weeks")):  # fmt: skip
        table(document, [["Action:", text], ["Owner:", owner], ["Timescale:", due]], bold=False)
        document.add_paragraph("")
    lines(
        document,
        """
        **Date of next meeting**
        To be arranged for early December 2026.
    """,
    )
    return saved(document)


def side_initials() -> bytes:
    document = docx.Document()
    document.add_paragraph("MAPPA PANEL MINUTES - 19.11.2025 - LEVEL 3 REVIEW")
    made = document.add_table(rows=0, cols=2)
    for left, right in (
        ("Present: Supt. Gary Holt (GH) Chair, Northmoor Police; Lisa Tranter (LT) Probation; Joe Abara (JA) Housing; Dr Nia Pugh (NP) Health Board\nApologies: Wendy Oakes (WO) Children's Services", ""),
        ("1 Apologies and introductions\nGH welcomed all and read the confidentiality statement.", ""),
        ("2 Minutes of the last meeting\nAgreed as correct.", ""),
        ("3 Case update\nLT said that he moved to the approved premises on 3 November and has kept to his curfew.\nLT to send the licence to all.", "LT 21/11"),
        ("4 Risk\nThe risk to the public is very high while he is without settled accommodation.\nJA to find two suitable properties by 5 December.", "JA"),
        ("5 Disclosure\nConsidered; none needed.", ""),
        ("6 Level\nLevel 3 to continue as senior resources are still needed.", ""),
        ("7 Date of next meeting\n17 December 2025", "All to note"),
    ):  # fmt: skip
        cells = made.add_row().cells
        cells[0].text, cells[1].text = left, right
    return saved(document)


HAND = {
    "letter-like": Hand(
        letter_like, date(2026, 2, 3), "2", "T/DI Sarah Whitlock",
        (("introductions and confidentiality", "A1"), ("actions from last meeting", "A5"), ("update", "A6"), ("police", "A7"), ("probation", "A7"), ("children's social care", "A7"),
         ("risk", "A10"), ("disclosure", "A13"), ("level", "A15"), ("actions", "A16"), ("date of next meeting", "A18")),
        (("confirm the vehicle registration", "DC Paul Grant", None), ("refer to horizon", "", None), ("visit unannounced", "DC Paul Grant", date(2026, 2, 19)),
         ("chase horizon", "Helen Marsh", date(2026, 2, 16)), ("check whether the neighbour", "Kate Doyle", None), ("circulate minutes", "Amy Lister", date(2026, 2, 17))),
        ("T/DI Sarah Whitlock", "DC Paul Grant", "Helen Marsh", "Joan Pym", "Kate Doyle", "Rashid Khan", "Dr Ellen Voss"),
    ),
    "council form": Hand(
        council_form, date(2026, 9, 11), "3", "Supt. Dominic Achebe",
        (("equality diversity and inclusion", "A8"), ("victim perspective", "A9"), ("assessment of risk", "A10"), ("risk management plan", "A11"),
         ("supervision", "A11"), ("monitoring and control", "A11"), ("victim safety", "A11"), ("contingency", "A11"),
         ("disclosure considerations", "A13"), ("decision re level", "A15"), ("actions agreed", "A16"), ("next review", "A18")),
        (("secure out of area ap bed", "Petra Novak", date(2026, 9, 14)), ("speak to the employer", "DI Prentice", date(2026, 9, 12)),
         ("fit gps tag before release", "", None), ("share any new intelligence", "All", None)),
        ("Supt. Dominic Achebe", "Petra Novak", "Ian Strand", "Moira Callaghan"),
    ),
    "narrative": Hand(
        narrative, date(2026, 7, 6), "2", "Alan Birch",
        (("confidentiality", "A2"), ("matters arising", "A5"), ("present situation", "A6"), ("victim issues", "A9"), ("risk assessment", "A10"), ("risk management plan", "A11"),
         ("media", "A14"), ("outcome", "A15"), ("next meeting", "A18")),
        (("send the care plan to all", "Owen Tudor", None), ("ask the landlord about visitors", "Farah Aziz", date(2026, 7, 20)),
         ("joint home visit to be arranged", "PS Nikki Lowe and Alan Birch", date(2026, 7, 31))),
        ("Alan Birch", "PS Nikki Lowe", "Farah Aziz", "Owen Tudor", "Sue Crane"),
    ),
    "action log": Hand(
        action_log, date(2026, 5, 22), "2", "Insp. Colin Webb",
        (("review of previous actions", "A5"), ("agency updates", "A7"), ("police", "A7"), ("probation service", "A7"), ("rosh", "A10"), ("rmp", "A11"), ("decisions", "A15"),
         ("new actions", "A16"), ("next meeting", "A18")),
        (("check school catchment", "Sanjay Rao", None), ("apply to vary the shpo", "Insp. Colin Webb", None), ("examine the second phone", "Insp. Colin Webb", date(2026, 6, 5)),
         ("write to the school", "Sanjay Rao", None), ("update oasys", "Mary-Ann Tully", date(2026, 6, 12)), ("book polygraph", "Mary-Ann Tully", None)),
        ("Insp. Colin Webb", "Mary-Ann Tully", "Sanjay Rao"),
    ),
    "Scottish": Hand(
        scottish, date(2026, 10, 8), "2", "Detective Chief Inspector Rhona Geddes",
        (("confidentiality statement", "A2"), ("background information", "A6"), ("information sharing", "A7"), ("police", "A7"), ("housing", "A7"), ("risk assessment", "A10"),
         ("victim considerations", "A9"), ("risk management plan", "A11"), ("level of mappa management", "A15"), ("action points", "A16"), ("date of next meeting", "A18")),
        (("submit request", "Callum Innes", date(2026, 10, 22)), ("environmental scan", "Isla Ross", date(2026, 10, 15)), ("carry out device examination", "", date(2026, 11, 5))),
        ("DCI Rhona Geddes", "Callum Innes", "Morag Laird", "Isla Ross"),
    ),
    "initials at the side": Hand(
        side_initials, date(2025, 11, 19), "3", "Supt. Gary Holt",
        (("apologies and introductions", "A1"), ("minutes of the last meeting", "A4"), ("case update", "A6"), ("risk", "A10"), ("disclosure", "A13"), ("level", "A15"),
         ("date of next meeting", "A18")),
        (("send the licence", "Lisa Tranter", date(2025, 11, 21)), ("find two suitable properties", "Joe Abara", date(2025, 12, 5))),
        ("Supt. Gary Holt", "Lisa Tranter", "Joe Abara", "Dr Nia Pugh", "Wendy Oakes"),
    ),
}  # fmt: skip
