"""``python -m panelkit`` is ``panelkit``."""

from panelkit.cli import main

main()
