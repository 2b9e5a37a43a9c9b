"""The sections of a paper that is no minutes: those that its template plans, with what was made for each."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence

from panelkit.documents.templates import Template
from panelkit.documents.tree import Block, Section


def sections_of(
    template: Template, blocks: Mapping[str, Sequence[Block]], *, new_page: str = "",
    landscape: Container[str] = (),
) -> tuple[Section, ...]:  # fmt: skip
    """In the template's order; one that it never prints, or for which nothing was made, is left out.

    ``new_page`` is the key of the section that starts a page, ``landscape`` those of sections on
    pages that lie on their side.
    """
    return tuple(
        Section(
            key=plan.key, heading=plan.heading, number=plan.number, blocks=tuple(blocks[plan.key]),
            landscape=plan.key in landscape, new_page=plan.key == new_page,
        )
        for plan in template.sections
        if plan.include != "never" and blocks.get(plan.key)
    )  # fmt: skip
