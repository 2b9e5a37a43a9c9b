"""Where the program starts: the collector rests until the first screen is drawn.

Loading the libraries makes hundreds of thousands of lasting objects; looking through them
again and again while they load costs a tenth of the start, and looking through them once
when the first screen is laid out would cost as much again.
"""

from __future__ import annotations

import gc


def main() -> None:
    """Run panelkit."""
    gc.disable()
    from panelkit.cli import main as run

    run()
