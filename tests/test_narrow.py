"""A start makes the command that is asked for and no other; a slip still knows them all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import typer
from typer.core import TyperGroup

from panelkit.cli import app
from panelkit.cli_narrow import narrowed
from tests.commanding import panelkit

WHOLE = typer.main.get_command(app)


def every(group: TyperGroup, before: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    """The words of each command."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from every(command, (*before, name))
        else:
            yield (*before, name)


def made(words: tuple[str, ...]) -> dict[str, object]:
    """What click knows of the only command that is made for these words."""
    group = typer.main.get_command(narrowed(app, (*words, "--json")))
    for word in words:
        assert isinstance(group, TyperGroup)
        assert list(group.commands) == [word], "nothing beside it is made"
        group = group.commands[word]
    return group.to_info_dict(typer.Context(group))


def of_whole(words: tuple[str, ...]) -> dict[str, object]:
    command = WHOLE
    for word in words:
        assert isinstance(command, TyperGroup)
        command = command.commands[word]
    return command.to_info_dict(typer.Context(command))


def test_each_command_is_the_same_alone() -> None:
    assert isinstance(WHOLE, TyperGroup)
    commands = list(every(WHOLE))
    assert len(commands) > 100
    for words in commands:
        assert made(words) == of_whole(words), words


def test_home_needs_no_command() -> None:
    group = typer.main.get_command(narrowed(app, ()))
    assert isinstance(group, TyperGroup)
    assert group.commands == {}
    assert [one.name for one in group.params] == [one.name for one in WHOLE.params]


@pytest.mark.parametrize("words", [("lsit",), ("--help",), ("--db", "x", "list"), ("",)])
def test_what_names_no_command_knows_them_all(words: tuple[str, ...]) -> None:
    assert narrowed(app, words) is app


def test_the_real_program_still_names_what_may_have_been_meant() -> None:
    slip, within = panelkit("lsit"), panelkit("db", "chekc")
    assert (slip.returncode, within.returncode) == (2, 2)
    assert "Did you mean 'list'" in slip.stderr
    assert "Did you mean 'check'" in within.stderr
    shown = panelkit("db", "check", "--help")
    assert shown.returncode == 0
    assert "panelkit db check" in shown.stdout
