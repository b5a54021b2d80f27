"""How figures and games are written: as a table, JSON, CSV or ndjson."""
