"""The bots, one file each: every bot sees only what its seat may see."""
