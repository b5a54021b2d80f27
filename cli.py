"""Launcher for a checkout: `python cli.py …` is `magnate …`."""

from magnate.cli import main

if __name__ == "__main__":
    main()
