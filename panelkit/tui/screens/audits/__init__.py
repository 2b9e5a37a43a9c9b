"""The coordinator's screens: what is drawn, one audit, papers and figures."""
