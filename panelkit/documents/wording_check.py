"""Wording files read before they are used: printing a name, and choosing with ``if``.

Judged by what is allowed. A loop, a filter, a call, an attribute, another file and arithmetic
are not: they are how a template runs code, reads a file or fills the memory.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from panelkit.documents.template_kinds import WORDING_NAMES
from panelkit.domain.text import gate_line

if TYPE_CHECKING:
    from jinja2.nodes import Node

NAMES_ONLY: Final = "Wording prints names, {{ reference }}, and chooses, {% if owner %}; no more."
_ALLOWED: Final = frozenset(
    "Template Output TemplateData Name Const If Compare Operand And Or Not".split()
)
_CALLED: Final = {
    "For": "a loop", "Filter": "a filter", "Call": "a call", "Getattr": "an attribute",
    "Getitem": "an attribute", "Include": "another file", "Import": "another file",
    "FromImport": "another file", "Extends": "another file", "Macro": "a macro",
    "Assign": "an assignment", "Test": "a test",
}  # fmt: skip
_MOST_NODES: Final = 2000


def wrong_wording(template_id: str, name: str, text: str) -> str:
    """What is wrong with a wording file, as its name is followed by it; blank for nothing."""
    if "{" not in text:
        return ""
    import jinja2

    try:
        tree = jinja2.Environment(autoescape=True).parse(text)
        nodes = [tree, *tree.find_all(_every_node())]
    except jinja2.TemplateSyntaxError as error:
        return f", line {error.lineno}: {gate_line(error.message or 'cannot be read').text}"
    except RecursionError:
        return ": is nested far too deeply"
    if len(nodes) > _MOST_NODES:
        return ": is far too long"
    names = WORDING_NAMES.get(template_id, {}).get(name)
    return next((said for node in nodes if (said := _wrong(node, names))), "")


def _wrong(node: Node, names: Iterable[str] | None) -> str:
    kind = type(node).__name__
    if kind not in _ALLOWED:
        return f", line {node.lineno}: holds {_CALLED.get(kind, 'code')}"
    if kind == "Name" and names is not None:
        named = str(getattr(node, "name", ""))
        if named not in names:
            near = difflib.get_close_matches(named, names, n=1)
            hint = f" (did you mean {near[0]}?)" if near else ""
            return f", line {node.lineno}: there is no name {gate_line(named).text[:40]}{hint}"
    return ""


def _every_node() -> type[Node]:
    from jinja2.nodes import Node

    return Node
