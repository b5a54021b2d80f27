"""Launcher for a checkout: `python cli.py …` is `magnate …`."""

from magnate.__main__ import main

if __name__ == "__main__":
    main()
