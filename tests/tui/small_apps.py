"""Two small programs for a real terminal: one that is ended from outside, one that is at fault.

``python -m tests.tui.small_apps saving FOLDER [HOW]``, ``... fragile FOLDER WHERE`` or
``... stock FOLDER WHERE``, which is the same fault without ``SafeCrash``.
"""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

from panelkit.tui.terminal import harden_process, install_signal_handlers, scrub_environment

scrub_environment()

from textual import work  # noqa: E402 - Textual is imported after the scrubbing, as in the program
from textual.app import App, ComposeResult  # noqa: E402
from textual.content import Content  # noqa: E402
from textual.message import Message  # noqa: E402
from textual.reactive import reactive  # noqa: E402
from textual.screen import Screen  # noqa: E402
from textual.widgets import Static  # noqa: E402

from panelkit.tui.crash import SafeCrash  # noqa: E402
from panelkit.tui.widgets.words import Words  # noqa: E402


class SavingApp(SafeCrash):
    """An editor whose words reach the disk only when the program is ended."""

    def __init__(self, folder: Path, how: str = "") -> None:
        self.crash_folder = folder / "faults"
        super().__init__()
        self.folder = folder
        self.how = how
        self.typed = ""

    def compose(self) -> ComposeResult:
        yield Words(id="words")
        yield Static("READY", markup=False)

    def on_mount(self) -> None:
        install_signal_handlers(self, self.save_everything)
        self.query_one(Words).focus()

    def save_everything(self) -> None:
        """Two marks show whether one save ever ran inside another."""
        with (self.folder / "order").open("a") as order:
            order.write("begin ")
            order.flush()
            if self.how == "slow":
                threading.Event().wait(0.4)
            order.write("end ")
        if self.how == "failing":
            raise OSError(28, "full")
        leaving = not self.screen_stack or (self.typed and not self.screen_stack[0].query(Words))
        if not leaving:  # else what was last there is held
            self.typed = self.screen_stack[0].query_one(Words).text
        (self.folder / "saved").write_text(self.typed)

    def on_words_edited(self) -> None:
        """What the editor is told to do at the next key."""
        self.typed = self.query_one(Words).text
        if self.how == "slow":
            self.save_everything()
        elif self.how == "stuck":
            (self.folder / "order").write_text("stuck")
            threading.Event().wait()
        elif self.how == "drawing" and self.typed == "abc":
            (self.folder / "drawing").touch()
            self.set_interval(0.001, self._draw)

    def _draw(self) -> None:
        for number in range(50):
            self._driver.write(f"\x1b[HREADY {number} {'x' * 400}")  # type: ignore[union-attr]


def explode(where: str) -> None:
    """Fail with the canary in every place a traceback looks."""
    victim_address = os.environ["CANARY"]
    nested = {"address": [victim_address]}
    message = f"{where}: {victim_address} {nested}"
    raise ValueError(message)


class Deleted:
    """Fails while it is thrown away."""

    def __del__(self) -> None:
        explode("del")


class BadWidget(Static):
    """Fails at whatever it is told to."""

    where = ""
    level: reactive[int] = reactive(0)

    def render(self) -> Content:
        if self.where == "render":
            explode("render")
        return Content("bad")

    def compose(self) -> ComposeResult:
        if self.where == "widget compose":
            explode("compose")
        yield from ()

    def on_mount(self) -> None:
        if self.where == "widget mount":
            explode("mount")

    def watch_level(self, level: int) -> None:
        if level:
            explode("watcher")

    def get_content_height(self, *sizes: Any) -> int:
        if self.where == "layout":
            explode("layout")
        return super().get_content_height(*sizes)


class BadScreen(Screen[None]):
    """Cannot be composed."""

    def compose(self) -> ComposeResult:
        explode("screen compose")
        yield Static()


class Poked(Message):
    """Has a handler that fails."""


class FragileApp(SavingApp):
    """Fails at the key ``!`` in the place named."""

    BINDINGS = [("f2", "boom", "Boom")]  # noqa: RUF012 - as Textual declares them

    def compose(self) -> ComposeResult:
        if self.how == "compose":
            explode("compose")
        yield from super().compose()

    def on_mount(self) -> None:
        if self.how == "mount":
            explode("mount")

    def on_unmount(self) -> None:
        if self.how == "unmount":
            explode("unmount")

    def action_boom(self) -> None:
        explode("action")

    def on_poked(self, _message: Poked) -> None:
        explode("message")

    @work
    async def async_worker(self) -> None:
        """A worker on the loop."""
        await asyncio.sleep(0)
        explode("async worker")

    @work(thread=True)
    def thread_worker(self) -> None:
        """A worker in a thread."""
        explode("thread worker")

    async def plain_task(self) -> None:
        """A task nobody waits for."""
        explode("task")

    def from_cause(self) -> None:
        """An error made of another."""
        try:
            explode("cause")
        except ValueError as error:
            raise RuntimeError(os.environ["CANARY"]) from error

    def save_everything(self) -> None:
        super().save_everything()
        if self.how == "save":
            explode("save")

    def on_words_edited(self) -> None:
        """At the first exclamation mark."""
        if self.query_one(Words).text.endswith("!"):
            self.places().get(self.how, lambda: explode("handler"))()

    def places(self) -> dict[str, Callable[[], Any]]:
        """Where it can fail, and how it is brought about."""
        loop = asyncio.get_running_loop()

        def mount_bad() -> None:
            bad = BadWidget()
            bad.where = self.how
            self.mount(bad)

        def watch() -> None:
            bad = BadWidget()
            self.mount(bad)
            self.call_after_refresh(setattr, bad, "level", 1)

        return {
            "timer": lambda: self.set_timer(0.01, lambda: explode("timer")),
            "interval": lambda: self.set_interval(0.01, lambda: explode("interval")),
            "call later": lambda: self.call_later(explode, "later"),
            "after refresh": lambda: self.call_after_refresh(explode, "refresh"),
            "message": lambda: self.post_message(Poked()),
            "async worker": self.async_worker,
            "thread worker": self.thread_worker,
            "task": lambda: loop.create_task(self.plain_task()) and None,
            "loop callback": lambda: loop.call_soon(explode, "soon"),
            "thread": lambda: threading.Thread(target=explode, args=("thread",)).start(),
            "render": mount_bad,
            "layout": mount_bad,
            "widget compose": mount_bad,
            "widget mount": mount_bad,
            "watcher": watch,
            "screen compose": lambda: self.push_screen(BadScreen()),
            "panic": lambda: self.panic(os.environ["CANARY"]),
            "cause": self.from_cause,
            "unmount": self.exit,
            "after": self.exit,
            "del": Deleted,
        }


class StockApp(App[None]):
    """Textual as it comes, for the baseline."""

    def on_key(self) -> None:
        explode("key")

    def compose(self) -> ComposeResult:
        yield Static("READY", markup=False)


def main(kind: str, folder: Path, how: str = "") -> None:
    """Run one of them; the exit status is the app's."""
    harden_process()
    if kind == "stock":
        StockApp().run()
        return
    app = SavingApp(folder, how) if kind == "saving" else FragileApp(folder, how)
    app.run()
    if how == "after":
        explode("after")
    sys.exit(app.return_code or 0)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
