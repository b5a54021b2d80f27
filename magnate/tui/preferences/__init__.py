"""What a player prefers: language, theme, motion and keys."""
