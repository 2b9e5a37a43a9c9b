"""No screen shows a bare string that is not written in the program: everything goes through typed."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

TUI = Path(__file__).parents[1] / "panelkit" / "tui"
SHOWING = frozenset(
    "Still Static Label Button Checkbox RadioButton Collapsible Option Link Digits Tooltip".split()
)
"""Widgets and options that read a plain string as markup."""
METHODS = frozenset("update add_row add_column add_columns add_rows add_option set_options".split())
TITLES = frozenset("border_title border_subtitle label tooltip prompt placeholder".split())
BUILDERS = frozenset("as_typed as_typed_line masked private Content Text".split())
DICTS = frozenset(("update",))
"""A method that mappings and sets have too; only a widget's first argument is looked at."""


def faults(source: str, name: str = "bad.py") -> list[str]:
    """``file:line what`` for each place where a string that is no literal is shown."""
    tree = ast.parse(source)
    return [f"{name}:{line} {what}" for line, what in sorted(_found(tree))]


def _found(tree: ast.AST) -> list[tuple[int, str]]:
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            found += [(each.lineno, _called(node)) for each in _shown(node) if not _safe(each)]
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for target in targets:
                titled = isinstance(target, ast.Attribute) and target.attr in TITLES
                if titled and not _safe(node.value):
                    found.append((node.lineno, f".{ast.unparse(target).rpartition('.')[2]} ="))
    return found


def _called(node: ast.Call) -> str:
    function = node.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _shown(node: ast.Call) -> list[ast.expr]:
    """The arguments of a call that end up on the screen."""
    name = _called(node)
    named = {key.arg: key.value for key in node.keywords}
    plain = isinstance(named.get("markup"), ast.Constant) and named["markup"].value is False  # type: ignore[attr-defined]
    if name == "notify":
        return [] if plain else [*node.args[:1], *_some(named, "message")]
    if name in SHOWING:
        return [*node.args[:1], *_some(named, "content", "label", "title", "prompt")]
    if name in METHODS and isinstance(node.func, ast.Attribute):
        return node.args[:1] if name in DICTS else list(node.args)
    return []


def _some(named: dict[str | None, ast.expr], *names: str) -> list[ast.expr]:
    return [named[name] for name in names if name in named]


def _safe(node: ast.expr) -> bool:
    """Whether it is a literal, or was built by what parses nothing."""
    match node:
        case ast.Constant():
            return True
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name.endswith("_content")
        case ast.Call():
            name = _called(node)
            if name.endswith("_content") or name in BUILDERS:
                return True
            # Content("x").join(...), .stylize(...): still Content. Not "x".join(...).
            return (
                isinstance(node.func, ast.Attribute)
                and isinstance(node.func.value, ast.Call)
                and _safe(node.func.value)
            )
        case ast.IfExp(body=body, orelse=other):
            return _safe(body) and _safe(other)
        case ast.BoolOp(values=values):
            return all(_safe(each) for each in values)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            return _safe(left) and _safe(right)
        case ast.Starred(value=value):
            return _safe(value)
        case _:
            return False


@pytest.mark.parametrize("path", sorted(TUI.rglob("*.py")), ids=lambda p: str(p.relative_to(TUI)))
def test_everything_shown_is_a_literal_or_goes_through_typed(path: Path) -> None:
    found = faults(path.read_text("utf-8"), str(path.relative_to(TUI.parents[1])))
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "bad",
    [
        "Static(name)",
        "Static(f'{name}')",
        "Static(content=name)",
        "Label('Case: ' + name)",
        "Label(str(3))",
        "Button(label)",
        "Button(label=self.words)",
        "Checkbox('a' if x else name)",
        "Collapsible(title=case.name)",
        "RadioButton(x or 'y')",
        "Option(row.text, id='x')",
        "self.notify(sentence)",
        "self.notify(message=sentence, markup=True)",
        "self.query_one(Static).update(words)",
        "self.query_one(Static).update(' '.join(as_typed(x)))",
        "self.query_one(Static).update(visible(x))",
        "self.query_one(Static).update('{}'.format(x))",
        "table.add_row(as_typed(a), b)",
        "table.add_row(*cells)",
        "table.add_column(head)",
        "self.border_title = title",
        "self.border_subtitle: str = f'{n} rows'",
        "Static(Content.from_markup(name))",
        "Static(Text.from_markup(name))",
        "Static(escape(name))",
    ],
)
def test_the_lint_finds(bad: str) -> None:
    assert faults(f"\n{bad}\n") == [f"bad.py:2 {faults(bad)[0].partition(' ')[2]}"]


@pytest.mark.parametrize(
    "good",
    [
        "Static()",
        "Static('Agenda', id=name)",
        "Static(as_typed(name))",
        "Label(as_typed_line(name, width))",
        "Static(Content(name).stylize('bold'))",
        "Static(Content(' ').join(cells))",
        "Static(self.row_content(row))",
        "Static(head_content)",
        "Static(as_typed(a) + Content(' ') + as_typed(b))",
        "Static(masked(x) if hide else as_typed(x))",
        "self.notify(sentence, markup=False)",
        "self.notify('Saved.')",
        "table.add_row(as_typed(a), 'b')",
        "self.border_title = None",
        "self.border_title = as_typed_line(title)",
        "self.query_one(Static).update('')",
        "self.update()",
    ],
)
def test_the_lint_passes(good: str) -> None:
    assert faults(good) == []


def test_there_is_something_to_look_at() -> None:
    looked_at = [
        node for path in TUI.rglob("*.py") for node in ast.walk(ast.parse(path.read_text()))
    ]
    calls = [node for node in looked_at if isinstance(node, ast.Call) and _shown(node)]
    print(f"RV06 lint: {len(calls)} calls that show something, 0 with a bare string")
    assert len(calls) > 10
