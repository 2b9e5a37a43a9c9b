"""A record on a PostgreSQL server: what only a server does."""
