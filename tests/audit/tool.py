"""The tool that counts and writes the manual page, loaded once for the tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

HERE = Path(__file__).parents[2]

_found = importlib.util.spec_from_file_location(
    "make_audit_rules", HERE / "tools" / "make_audit_rules.py"
)
assert _found is not None
assert _found.loader is not None
TOOL = importlib.util.module_from_spec(_found)
sys.modules["make_audit_rules"] = TOOL
_found.loader.exec_module(TOOL)
