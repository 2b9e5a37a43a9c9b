"""Chair and minute taker in one meeting at once, on a file and on a server."""
