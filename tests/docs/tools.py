"""The programs in ``tools``, as modules."""

from __future__ import annotations

import importlib.util
import sys
from functools import cache
from pathlib import Path
from types import ModuleType

TOOLS = Path(__file__).parent.parent.parent / "tools"


@cache
def tool(name: str) -> ModuleType:
    """One of them, loaded once; those beside it can be imported by it."""
    if str(TOOLS) not in sys.path:
        sys.path.append(str(TOOLS))
    found = importlib.util.spec_from_file_location(name, TOOLS / f"{name}.py")
    assert found is not None
    assert found.loader is not None
    module = importlib.util.module_from_spec(found)
    sys.modules[name] = module
    found.loader.exec_module(module)
    return module
