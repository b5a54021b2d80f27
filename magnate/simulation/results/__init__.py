"""What is kept of a run: results of games, the database, and records."""
