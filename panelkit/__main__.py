"""``python -m panelkit`` is ``panelkit``."""

from panelkit.start import main

main()
