"""Triggers in revisions, said to whichever engine is being upgraded."""

from __future__ import annotations

from alembic import op

from panelkit.store.triggers import Refusing, RefusingAll


def made(trigger: Refusing | RefusingAll) -> None:
    """It is there afterwards."""
    for statement in trigger.made(op.get_context().dialect.name):
        op.execute(statement)


def dropped(trigger: Refusing | RefusingAll) -> None:
    """It is gone afterwards."""
    for statement in trigger.dropped(op.get_context().dialect.name):
        op.execute(statement)
