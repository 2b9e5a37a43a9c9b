"""A meeting open at one desk, for whatever shows it: a screen, or line after line in plain mode.

What is typed and not yet saved, what waits for a server, who else is there, whether it is masked,
what to say. Nothing here draws anything, and nothing here loads Textual.
"""
