"""One rich document with every kind of block: invented from start to end."""

from __future__ import annotations

from panelkit.documents.tree import (
    Bullets,
    Column,
    Document,
    Facts,
    Labelled,
    Paragraph,
    Section,
    SubHeading,
    Table,
)

STATEMENT = (
    "The information shared at this meeting is given under the Multi-Agency Public Protection "
    "Arrangements. It stays the property of the agency that gave it and may be used only to "
    "assess and manage the risk considered here.\n\n"
    "The panel will treat everybody discussed with respect and will look at the needs that "
    "arise from race, disability, age, sex, gender reassignment, sexual orientation, religion "
    "or belief, pregnancy and marriage."
)

PRESENT = (
    (
        "Marian Holloway",
        "Detective Chief Inspector, chair",
        "Northmoor Police",
        "RA",
        "10:00",
        "11:25",
    ),
    ("Tobias Wren", "Senior probation officer", "Probation Service", "RA", "10:00", "11:25"),
    ("Eluned Prosser-Jones", "Probation practitioner", "Probation Service", "RA", "10:00", "11:25"),
    (
        "Farida Anwar",
        "Housing options manager",
        "Northmoor Borough Council",
        "DTC",
        "10:05",
        "11:25",
    ),
    (
        "Dr Colm Brannigan",
        "Consultant psychiatrist",
        "Northmoor NHS Foundation Trust",
        "DTC",
        "10:00",
        "10:50",
    ),
    ("Ines Duarte", "Victim liaison officer", "Probation Service", "RA", "10:00", "11:25"),
    ("Harold Pimm", "Lay adviser", "Strategic Management Board", "Lay", "10:00", "11:25"),
)

ACTIONS = tuple(
    (
        f"3.{number}",
        what,
        risk,
        owner,
        agency,
        due,
        proof,
    )
    for number, (what, risk, owner, agency, due, proof) in enumerate(
        (
            (
                "Fit the door and window alarm at V1's address and confirm that it reports to the control room.",
                "V1",
                "Ines Duarte",
                "Probation Service",
                "27 Nov 2026",
                "Installer's certificate on file",
            ),
            (
                "Ask the landlord for a written decision on the tenancy at Alder Court; if refused, name two other addresses.",
                "Contact with children",
                "Farida Anwar",
                "Northmoor Borough Council",
                "30 Nov 2026",
                "The landlord's letter",
            ),
            (
                "Apply for an extra licence condition: no internet-capable device without a check, R&D <12 list attached.",
                "Online contact",
                "Eluned Prosser-Jones",
                "Probation Service",
                "4 Dec 2026",
                "Condition shown on the licence",
            ),
            (
                "Visit unannounced twice before the next meeting, once at a weekend.",
                "All",
                "PC Ada Lund",
                "Northmoor Police",
                "18 Dec 2026",
                "Visit records on ViSOR",
            ),
            (
                "Review medication and report whether the team will keep the case open after discharge.",
                "Relapse",
                "Dr Colm Brannigan",
                "Northmoor NHS Foundation Trust",
                "18 Dec 2026",
                "Letter to the co-ordinator",
            ),
            (
                "Brief the school's designated lead by telephone, using the agreed words only.",
                "Contact with children",
                "Marian Holloway",
                "Northmoor Police",
                "25 Nov 2026",
                "Note of the call",
            ),
        ),
        start=1,
    )
)

NARRATIVE = (
    "Probation (Eluned Prosser-Jones) reported that the individual has kept every appointment "
    "since release on 4 August 2026 and has begun the programme. On 9 October he told her that "
    'he had walked past the primary school twice "because it was the quickest way". She has '
    "since given him a written route. The panel noted that the route avoids the school but "
    "passes the leisure centre, which opens to under-16s on Saturday mornings.\n\n"
    "Police (DCI Holloway) said that two visits found nothing of concern and that the tablet "
    "was examined on 2 November. One deleted account was recovered; its owner is not yet known. "
    "This is intelligence, graded by the force, and is not to be put to the individual."
)


def rich_document(*, draft: bool = True, landscape: bool = True) -> Document:
    """Return minutes of about eight pages with every kind of block."""
    return Document(
        title="Minutes of MAPPA Level 2 review meeting",
        form_label="MAPPA minutes, panelkit layout",
        template_version="1.0",
        marking="OFFICIAL-SENSITIVE",
        reference="NM/0143",
        meeting_label="meeting 3",
        status="DRAFT" if draft else "APPROVED",
        version="2",
        area="Northmoor MAPPA",
        copy_for="Copy 4: Probation Service",
        draft=draft,
        fiction=True,
        footer_note="Do not copy or pass on outside your agency without the chair's agreement.",
        front=(
            ("Held on", "Wednesday 18 November 2026, 10:00 to 11:25, by video"),
            ("Chair", "Marian Holloway, Detective Chief Inspector, Northmoor Police"),
            ("Decision", "Stays at Level 2; next meeting 13 January 2027"),
        ),
        sections=(*_opening(), *_middle(landscape=landscape), *_closing()),
    )


def _opening() -> tuple[Section, ...]:
    return (
        Section(
            key="statement",
            number="1",
            heading="Confidentiality and diversity statement",
            blocks=(
                Paragraph(STATEMENT, "callout"),
                Paragraph("Read out in full at 10:02; repeated for Farida Anwar at 10:06.", "note"),
            ),
        ),
        Section(
            key="details",
            number="2",
            heading="Meeting details",
            blocks=(
                Facts(
                    (
                        ("Date", "Wednesday 18 November 2026"),
                        ("Scheduled start", "10:00"),
                        ("Actual start and end", "10:00 to 11:25"),
                        ("Held by", "Video, Northmoor secure conference"),
                        ("Type and level at start", "Review, Level 2"),
                        (
                            "Quorate",
                            "Yes: police, probation and health were present throughout the discussion of risk",
                        ),
                        ("Minute taker", "Oona Feather"),
                    ),
                    alt="Details of the meeting",
                ),
            ),
        ),
        Section(
            key="attendance",
            number="3",
            heading="Attendance",
            blocks=(
                Table(
                    (
                        Column("Name", 1.5, strong=True),
                        Column("Role or grade", 1.6),
                        Column("Agency", 1.7),
                        Column("Class", 0.6),
                        Column("Joined", 0.6, keep=True),
                        Column("Left", 0.6, keep=True),
                    ),
                    PRESENT,
                    alt="People present",
                    caption="Present",
                ),
                Table(
                    (
                        Column("Agency", 1.5, strong=True),
                        Column("Status"),
                        Column("Report received", keep=True),
                        Column("Follow-up", 1.6),
                    ),
                    (
                        (
                            "Children's Services",
                            "Apologies",
                            "17 Nov 2026",
                            "Co-ordinator to send the minutes",
                        ),
                        (
                            "Jobcentre Plus",
                            "No response",
                            "No",
                            "jobcentre.mappa.single-point@dwp.northmoor.example",
                        ),
                    ),
                    alt="Apologies and agencies that did not answer",
                    caption="Reports, apologies and no response",
                ),
            ),
        ),
        Section(
            key="individual",
            number="4",
            heading="Individual",
            blocks=(
                Facts(
                    (
                        ("Name", "Rowan Example"),
                        ("Aliases", 'R. Sample; "Ro"'),
                        ("Date of birth and age", "4 March 1985, 41"),
                        ("Ethnicity", "White British"),
                        (
                            "Language and interpreter",
                            "English and Welsh (Cymraeg: ŵ, ŷ); none needed",
                        ),
                        ("PNC, CRN, ViSOR", "00/000000X · X000000 · 00-0000000"),
                        ("Current address", "Approved premises, Northmoor"),
                        ("Proposed address", "Flat 3, Alder Court, Northmoor (not approved)"),
                    ),
                    alt="The individual",
                ),
            ),
        ),
    )


def _middle(*, landscape: bool) -> tuple[Section, ...]:
    return (
        Section(
            key="information",
            number="11",
            heading="Information shared",
            blocks=(
                Paragraph("What is new since meeting 2 on 23 September 2026.", "lead"),
                Paragraph(NARRATIVE),
                Paragraph("It was the quickest way. I did not stop.", "quote"),
                Paragraph("One restricted item is withheld from this copy.", "warning"),
                SubHeading("Health"),
                Paragraph(NARRATIVE),
                Bullets(
                    (
                        "Medication taken as prescribed; last level 4 November 2026, in range.",
                        "Sleep poor since the landlord's letter. Dr Brannigan sees this as an early sign of relapse and would expect missed appointments next, usually within three to four weeks.",
                        "No contact with the crisis team.",
                    )
                ),
            ),
        ),
        Section(
            key="risk",
            number="14",
            heading="Risk assessment",
            blocks=(
                Table(
                    (
                        Column("Group", 1.0, strong=True),
                        Column("Level", 0.7, keep=True),
                        Column("Change", 0.7, keep=True),
                        Column("Reason", 3),
                    ),
                    (
                        (
                            "Children",
                            "High",
                            "Same",
                            "Two unplanned passes by a school; route now agreed.",
                        ),
                        (
                            "Known adult (V1)",
                            "High",
                            "Up",
                            "The letter of 30 October names her new street.",
                        ),
                        ("Public", "Medium", "Same", "No incident since release."),
                        ("Staff", "Low", "Same", "Polite and on time at every appointment."),
                        (
                            "Self",
                            "Medium",
                            "Up",
                            'Poor sleep; said on 9 November that he "could not see the point".',
                        ),
                    ),
                    alt="Risk of serious harm by group",
                    caption="Risk of serious harm",
                ),
                Labelled(
                    "Who and what.",
                    "V1 and children under 16; unwanted contact leading to sexual or serious violent assault.",
                ),
                Labelled(
                    "When and how soon.",
                    "Most likely in the first weeks in a new flat, alone, after a setback with housing or health. Not thought imminent while in approved premises.",
                ),
                Labelled(
                    "Increases risk.",
                    "Isolation, poor sleep, unsupervised use of the internet, anger at V1.\nTwo of the four are present today.",
                ),
                Labelled("Formulation.", NARRATIVE),
            ),
        ),
        Section(
            key="plan",
            number="15",
            heading="Risk management plan",
            blocks=(
                Paragraph("The plan is adequate if action 3.1 is done before he moves.", "lead"),
                Table(
                    (
                        Column("If", 1.4),
                        Column("Then", 1.8),
                        Column("Who"),
                        Column("Within", 0.8, keep=True),
                    ),
                    (
                        (
                            "He misses an appointment",
                            "Call the premises, then police; recall considered the same day",
                            "Eluned Prosser-Jones",
                            "2 hours",
                        ),
                        (
                            "He is seen near the school or the leisure centre",
                            "999; then the duty inspector tells V1's liaison officer",
                            "Any agency",
                            "At once",
                        ),
                        (
                            "The flat is refused",
                            "Stay in approved premises; extension agreed with the regional desk",
                            "Tobias Wren",
                            "1 working day",
                        ),
                    ),
                    alt="Contingency plan",
                    caption="Contingency",
                ),
            ),
        ),
        Section(
            key="restrictions",
            number="16",
            heading="Restrictive measures and human rights",
            landscape=landscape,
            blocks=(
                Table(
                    (
                        Column("Measure", 1.4, strong=True),
                        Column("Legal basis"),
                        Column("Aim"),
                        Column("Necessary because", 1.6),
                        Column("Lesser option rejected because", 1.6),
                        Column("Review", 0.8, keep=True),
                    ),
                    (
                        (
                            "Exclusion zone, two streets round V1's home",
                            "Licence condition",
                            "Protect V1",
                            "Her street is now known to him.",
                            "A no-contact condition alone was broken in 2024.",
                            "13 Jan 2027",
                        ),
                        (
                            "Check of devices on demand",
                            "Licence condition; prevention order",
                            "Prevent online contact with children",
                            "One deleted account was recovered.",
                            "Self-report was tried from August to October and did not show the account.",
                            "13 Jan 2027",
                        ),
                        (
                            "Agreed walking routes",
                            "Licence condition",
                            "Keep distance from the school",
                            "Two passes in October.",
                            "Advice alone was given on 9 September.",
                            "2 Dec 2026",
                        ),
                    ),
                    alt="Restrictive measures and why each is necessary and proportionate",
                ),
            ),
        ),
    )


def _closing() -> tuple[Section, ...]:
    return (
        Section(
            key="decisions",
            number="19",
            heading="Decisions",
            blocks=(
                SubHeading("D1. Level of management"),
                Labelled("Decision.", "Rowan Example stays at Level 2."),
                Labelled("Options considered.", "Level 1; Level 2; Level 3."),
                Labelled(
                    "Rationale.",
                    "Two agencies beside probation hold parts of the plan that need a meeting to hold together: the alarm and the flat. Level 3 adds nothing that the agencies present cannot commit.",
                ),
                Labelled(
                    "Views.",
                    "All for. The lay adviser asked that the decision be looked at again if the flat is refused; agreed.",
                ),
                SubHeading("D2. Disclosure to the school"),
                Labelled(
                    "Decision.",
                    "Disclose to the designated lead only, in the agreed words, by telephone, on or before 25 November.",
                ),
                Paragraph(NARRATIVE),
            ),
        ),
        Section(
            key="actions",
            number="20",
            heading="Actions",
            blocks=(
                Table(
                    (
                        Column("Ref", 0.5, keep=True, strong=True),
                        Column("Action", 2.6),
                        Column("Risk addressed", 1.0),
                        Column("Owner", 1.0),
                        Column("Agency", 1.1),
                        Column("Due", 0.9, keep=True),
                        Column("How we will know", 1.3),
                    ),
                    ACTIONS,
                    alt="Actions agreed at this meeting",
                ),
            ),
        ),
        Section(
            key="chair_summary",
            number="22",
            heading="Chair's summary",
            blocks=(
                Paragraph(
                    "The risk to V1 has risen. The alarm is the first thing to do; everything else waits for it.",
                    "callout",
                ),
                Paragraph("پینل نے خطرے پر غور کیا۔", "body"),
                Paragraph("Mae'r panel yn fodlon â'r cynllun. 🏴󠁧󠁢󠁷󠁬󠁳󠁿", "body"),
            ),
        ),
        Section(
            key="distribution",
            number="24",
            heading="Approval and distribution",
            new_page=False,
            blocks=(
                Facts(
                    (("Approved by", "not yet approved"), ("Issued by", ""), ("Copies", "3")),
                    alt="Approval",
                ),
                Table(
                    (
                        Column("Name", 1.2, strong=True),
                        Column("Agency", 1.2),
                        Column("Method", 1.5),
                        Column("Sent", 0.7, keep=True),
                    ),
                    (
                        (
                            "Marian Holloway",
                            "Northmoor Police",
                            "marian.holloway@northmoor-police.example",
                            "30 Nov 2026",
                        ),
                        (
                            "Farida Anwar",
                            "Northmoor Borough Council",
                            "f.anwar@northmoor.example",
                            "30 Nov 2026",
                        ),
                        ("Tobias Wren", "Probation Service", "Portal", ""),
                    ),
                    alt="Who was sent these minutes",
                    caption="Distribution",
                ),
            ),
        ),
    )
