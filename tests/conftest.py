"""What every test shares: a terminal that no setting of the developer's changes."""

from __future__ import annotations

import compileall
import functools
import gc
import os
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Final

import pytest
import typer.main
import typer.testing
from hypothesis import HealthCheck, settings

import panelkit
from panelkit.opened.sharing import SHARING
from panelkit.tui.terminal import scrub_environment
from tests.longest import longest_first

if TYPE_CHECKING:
    from tests.servers import Cluster

# A property holds or does not, on a busy machine too: how long an example takes is no part of it.
settings.register_profile("looking", deadline=None, suppress_health_check=[HealthCheck.too_slow])
# The same tree gives the same answer. Examples that nobody tried yet are looked for on purpose, with
# pytest --hypothesis-profile=looking, and what they find becomes an example that is always tried.
settings.register_profile("panelkit", settings.get_profile("looking"), derandomize=True)
settings.load_profile("panelkit")

# Before anything imports Textual: it reads its variables once, on import.
scrub_environment()

# Some containers ask Python to keep no bytecode. Each worker and each program that a test starts
# would compile everything again: a second of every start, and 20 of each worker's.
if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
    sys.dont_write_bytecode = False


KEPT = {"PANELKIT_REQUIRE_OFFICE", "PANELKIT_TEST_POSTGRES", "PANELKIT_TEST_POSTGRES_BIN"}
"""Variables that say how the tests are run."""


@pytest.fixture(scope="session", autouse=True)
def _commands_made_once() -> Iterator[None]:
    """The commands as click knows them: making some 160 anew costs more than most of them do."""
    with pytest.MonkeyPatch.context() as patch:
        made = functools.cache(typer.main.get_command)
        patch.setattr(typer.testing, "_get_command", made)
        yield


@pytest.fixture(scope="session", autouse=True)
def _keys_made_once() -> Iterator[None]:
    """A passphrase and its salt make the same key each time, at the same cost in memory and time."""
    from panelkit.packs import sealed
    from panelkit.sealing.cost import derive
    from panelkit.store import slots

    with pytest.MonkeyPatch.context() as patch:
        for module in (sealed, slots):
            patch.setattr(module, "derive", functools.cache(derive))
        yield


@pytest.fixture(scope="session", autouse=True)
def _pilots_ask_who_is_busy() -> Iterator[None]:
    """What is at rest is not asked after each key whether it is done."""
    from textual.pilot import Pilot

    from tests.resting import all_processed

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Pilot, "_wait_for_screen", all_processed)
        yield


@pytest.fixture(scope="session", autouse=True)
def _pauses_are_short() -> Iterator[None]:
    """A pause without a key looks through what is newly made. All that a test process holds is many
    times what the program does: a full look took a seventh of the time of a case that is walked."""
    from panelkit.tui import collector

    young = SimpleNamespace(**{**vars(gc), "collect": functools.partial(gc.collect, 1)})
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collector, "gc", young)
        yield


@pytest.fixture(autouse=True)
def _nothing_of_the_developers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No record, area or name from outside reaches a test, nor a folder of the account."""
    for name in [name for name in os.environ if name.startswith("PANELKIT_")]:
        if name not in KEPT:
            monkeypatch.delenv(name)
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(tmp_path / name.lower()))


@pytest.fixture(scope="module")
def cheap_slots() -> Iterator[None]:
    """Key slots at the least cost that is taken, so that a test does not wait."""
    from panelkit.sealing.cost import LEAST
    from panelkit.store import slots

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(slots, "USUAL", LEAST)
        yield


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL for this worker's tests, started when one first asks; gone when the run ends."""
    from tests.servers import Cluster

    with tempfile.TemporaryDirectory(prefix="pk", ignore_cleanup_errors=True) as folder:
        started = Cluster.started(Path(folder) / "d")
        yield started
        started.stop()


@pytest.fixture(autouse=True)
def _no_mask_from_the_test_before() -> None:
    """The mask is one for the whole process."""
    SHARING.forget()


def pytest_configure(config: pytest.Config) -> None:
    """Compiled once, before several workers would do it beside each other."""
    if not hasattr(config, "workerinput"):
        compileall.compile_dir(Path(panelkit.__file__).parent, quiet=2)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest begin first."""
    longest_first(items)


THRESHOLDS: Final = (20_000, 10, 10)
"""Objects made before the youngest are looked at, and rounds before older ones are."""


def pytest_collection_finish() -> None:
    """What is loaded by now lasts: no screen's own tidying looks through all of it again.

    A full look through the test process takes half a second, and each screen that is drawn does
    one; the program does the same when its first screen is drawn. A screen is made of tens of
    thousands of objects that last as long as it does: Python's own thresholds spend a fifth of
    the processor time of a test that draws on looking through them.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)


def pytest_xdist_auto_num_workers() -> int:
    """Two for each processor: a test that draws spends more than half its time waiting."""
    return (os.cpu_count() or 2) * 2
