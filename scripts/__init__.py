"""What developers run; `scripts/dev.py` is the door."""
