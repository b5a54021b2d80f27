"""Many games between bots: runner, statistics, reports and stored results."""
