"""Words of requests from outside: who asks, on what basis, what was withheld, what became of it.

Sections of statutes are from memory [R]: an officer who answers requests confirms them.
"""

from __future__ import annotations

from panelkit.domain.vocabulary import Term


class Capacity(Term):
    """In what capacity somebody asks."""

    INDIVIDUAL = "individual", "The individual"
    SOLICITOR = "solicitor", "Solicitor of the individual"
    COURT = "court", "Court"
    CORONER = "coroner", "Coroner"
    PAROLE_BOARD = "parole_board", "Parole Board"
    PUBLIC_BODY = "public_body", "Other public body"
    PUBLIC = "public", "Member of the public or the media"

    @property
    def may_have_summary(self) -> bool:
        """Whether a summary may go to them at all: never to the public at large."""
        return self is not Capacity.PUBLIC


class LegalBasis(Term):
    """On what legal basis somebody asks."""

    ORDER = "order", "Order or direction of a court, tribunal or coroner"
    PAROLE = "parole", "Parole Board Rules"
    ACCESS = "access", "Data protection: right of access"
    FOI = "foi", "Freedom of Information Act 2000"
    PROCEEDINGS = "proceedings", "Legal proceedings"
    OTHER = "other", "Other, as recorded"


class Ground(Term):
    """Why the full minutes, or part of them, are withheld."""

    FOI_30 = "foi_30", "Freedom of Information Act 2000, section 30(1)(b) (investigations)"
    FOI_38 = "foi_38", "Freedom of Information Act 2000, section 38 (health and safety)"
    FOI_40 = "foi_40", "Freedom of Information Act 2000, section 40 (personal information)"
    FOI_41 = "foi_41", "Freedom of Information Act 2000, section 41 (given in confidence)"
    DPA_45 = "dpa_45", "Data Protection Act 2018, section 45(4) (limits of the right of access)"
    IMMUNITY = "immunity", "Public interest immunity, claimed before the court"
    OWNER = "owner", "Information of another agency, which answers for it"


class RequestOutcome(Term):
    """What became of a request."""

    SUMMARY = "summary", "Executive summary issued"
    REFUSED = "refused", "Refused"
    NEITHER = "neither", "Neither confirmed nor denied"
    PASSED = "passed", "Passed to the agency that owns the information"
    WITHDRAWN = "withdrawn", "Withdrawn by the requester"
