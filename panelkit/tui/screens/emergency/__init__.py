"""An emergency panel: called from home, rung round, and what is owed afterwards."""
