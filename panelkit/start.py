"""Where the program starts: the collector rests until the first screen is drawn.

Loading the libraries makes a hundred thousand lasting objects; looking through them again
and again while they load costs a tenth of the start. The first screen turns it on again.
"""

from __future__ import annotations

import gc


def main() -> None:
    """Run panelkit."""
    gc.disable()
    from panelkit.cli import main as run

    run()
