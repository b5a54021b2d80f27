"""Games played between bots: how they are planned, seated, seeded, and spread over processes."""
