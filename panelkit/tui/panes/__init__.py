"""One module for each kind of agenda pane."""
