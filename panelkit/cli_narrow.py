"""Only the command that is asked for is made: making all of them costs a third of a second of each
start, and a start with a panel waiting is a long one."""

from __future__ import annotations

import copy
from collections.abc import Sequence

import typer
from typer.main import get_command_name
from typer.models import CommandInfo, TyperInfo


def narrowed(app: typer.Typer, words: Sequence[str]) -> typer.Typer:
    """``app`` with the one command that ``words`` begin with, or none where there are no words; all
    of it where the first word names none (an option, a slip of the pen), so that help and what is
    said of a slip know every command.
    """
    first = words[0] if words else ""
    command = [one for one in app.registered_commands if _name(one) == first]
    groups = [one for one in app.registered_groups if one.name == first]
    if words and not command and not groups:
        return app
    only = copy.copy(app)
    only.registered_commands = command
    only.registered_groups = [_within(one, words[1:]) for one in groups]
    return only


def _within(group: TyperInfo, words: Sequence[str]) -> TyperInfo:
    found = copy.copy(group)
    if group.typer_instance is not None and words:
        found.typer_instance = narrowed(group.typer_instance, words)
    return found


def _name(command: CommandInfo) -> str:
    if command.name or command.callback is None:
        return command.name or ""
    return get_command_name(command.callback.__name__)
