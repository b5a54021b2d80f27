"""The headless server: REST, matchmaking, rooms, game hosts and durable storage."""
