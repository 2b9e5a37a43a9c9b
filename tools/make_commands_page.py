"""Write the list of ``docs/commands.md`` from the commands that the program has.

python tools/make_commands_page.py
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click
import typer

from panelkit.cli import app

PAGE = Path(__file__).parent.parent / "docs" / "commands.md"
MARKS = re.compile(r"(<!-- commands: begin -->\n).*?(<!-- commands: end -->)", re.DOTALL)
_SPACES = re.compile(r"\s+")


def _words(text: str | None) -> str:
    """One line of Markdown, as the program says it."""
    said = _SPACES.sub(" ", (text or "").replace("\b", "")).strip()
    return said.replace("|", "\\|").replace("<", "&lt;").replace("[", "\\[")


def _every(command: click.Command, name: str) -> Iterator[tuple[str, click.Command]]:
    """A command with those below it, in the order of their names."""
    yield name, command
    below = getattr(command, "commands", {})
    for each in sorted(below):
        if not below[each].hidden:
            yield from _every(below[each], f"{name} {each}")


def _argument(argument: click.Parameter) -> str:
    shown = (argument.metavar or argument.name or "").strip("[]").upper()
    shown += "..." if argument.nargs == -1 else ""
    return shown if argument.required else f"[{shown}]"


def _section(name: str, command: click.Command) -> list[str]:
    arguments = [p for p in command.params if isinstance(p, click.Argument) and p.name]
    usage = " ".join([name, *(_argument(p) for p in arguments)])
    if getattr(command, "commands", None):
        usage += " COMMAND"
    lines = [f"## {name}", "", f"    {usage}", "", _words(command.help), ""]
    options = [
        p for p in command.params
        if isinstance(p, click.Option) and not p.hidden and p.name != "help"
    ]  # fmt: skip
    if options:
        lines += ["| Option | Does |", "|---|---|"]
        lines += [
            f"| `{', '.join([*option.opts, *option.secondary_opts])}` | {_words(option.help)} |"
            for option in options
        ]
        lines.append("")
    return lines


def listed() -> str:
    """Every command with its arguments and options, as Markdown."""
    root = typer.main.get_command(app)
    lines: list[str] = []
    for name, command in _every(root, "panelkit"):
        lines += _section(name, command)
    return "\n".join(lines)


def with_commands(page: str) -> str:
    """The page with its list as the program has it."""
    return MARKS.sub(lambda found: found[1] + listed() + found[2], page)


if __name__ == "__main__":
    PAGE.write_text(with_commands(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
