"""What the audit asks and whether, rule by rule, as an area has it."""

from __future__ import annotations

from collections.abc import Iterator

from panelkit.audit.rules import RULES
from panelkit.domain.area import Area
from panelkit.domain.guidance import BENEATH, Part, Provision, value_of


def provisions(area: Area) -> Iterator[Provision]:
    """Each rule: whether it is asked, and its question. ``area`` is without what it keeps local."""
    said = dict(area.audit)
    for rule in RULES:
        place, own = f"audit.{rule.id}", rule.id in said
        title = f"Audit rule {rule.id.replace('_', ' ')}"
        shipped = Provision(
            place, Part.AUDIT, f"{title}: whether it is asked", value_of(rule.on), rule.why,
            "panelkit's rules",
        )  # fmt: skip
        if own:
            yield Provision(
                place, Part.AUDIT, shipped.title, value_of(said[rule.id]), area.source(place),
                "the area's file", is_own=True,
            )  # fmt: skip
            yield Provision(
                f"{BENEATH}{place}", Part.AUDIT, shipped.title, shipped.value, rule.why,
                shipped.stands_in,
            )  # fmt: skip
        else:
            yield shipped
        yield Provision(
            f"{place}.asks", Part.AUDIT, f"{title}: its question", value_of(rule.asks), rule.why,
            "panelkit's rules",
        )  # fmt: skip
