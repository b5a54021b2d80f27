"""`python -m magnate …` is `magnate …`."""

from magnate.cli import main

if __name__ == "__main__":
    main()
