"""What only one engine understands stands in the modules of that engine, and nowhere else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import panelkit

ROOT = Path(panelkit.__file__).parent


@dataclass(frozen=True)
class Engine:
    """Words of one engine, and who may say them."""

    name: str
    words: re.Pattern[str]
    modules: frozenset[str]
    """Of the store, with a twin for the other engine or about what the other has not."""


ENGINES = (
    Engine(
        "SQLite",
        re.compile(
            r"\bPRAGMA\b|\bsqlite_(master|schema|sequence)\b|\browid\b|\bVACUUM INTO\b"
            r"|\b(AT|DE)TACH DATABASE\b|\bBEGIN IMMEDIATE\b|\bINSERT OR (IGNORE|REPLACE)\b|\bjulianday\b"
            r"|\bRAISE ?\(ABORT|\bgroup_concat\b|\bsqlcipher_",
            re.IGNORECASE,
        ),
        frozenset("sqlite keys copies encrypting upgrade triggers outbox search_sqlite".split()),
    ),
    Engine(
        "PostgreSQL",
        re.compile(
            r"\bpg_[a-z]+|\binformation_schema\b|\b(session|current)_user\b|\bplpgsql\b"
            r"|\bto_regclass\b|(?<!ancestor)::(reg)?[a-z]+\b(?<!::http)|^(UN)?LISTEN |^NOTIFY |\bILIKE\b"
            r"|\bON CONFLICT\b|\bRETURNING\b|\bSAVEPOINT\b|\bSECURITY DEFINER\b|\bstring_agg\b",
        ),
        frozenset(
            "postgres guarding entry signalling triggers engine keeper deployed deployed_server "
            "deployed_record deployed_made narrow in_one search_postgres".split()
        ),
    ),
)


def said() -> Iterator[tuple[str, int, str]]:
    """Every string of the program that is no docstring: its module, line and words."""
    for path in sorted(ROOT.rglob("*.py")):
        if "_shipped" in path.parts:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        notes = {
            id(node.value)
            for node in ast.walk(tree)
            if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        }
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.Constant) and isinstance(node.value, str)
            if is_text and id(node) not in notes:
                yield str(path.relative_to(ROOT).with_suffix("")), node.lineno, node.value


@pytest.mark.parametrize("engine", ENGINES, ids=lambda engine: engine.name)
def test_words_of_one_engine_are_said_by_its_modules_only(engine: Engine) -> None:
    allowed = {f"store/{name}" for name in engine.modules}
    met = {(module, line): words for module, line, words in said() if engine.words.search(words)}
    assert {place for place in met if place[0] not in allowed} == set(), met
    assert {module for module, _line in met} == allowed, "who says none has no place in the list"
