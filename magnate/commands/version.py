"""`magnate version`."""

import platform

from typer import echo

from magnate import __version__
from magnate.commands import verb_app

app = verb_app()


@app.command()
def version() -> None:
    """Print the versions, and whether the engine is compiled."""
    from magnate.engine import state

    engine = "compiled" if state.__file__.endswith((".so", ".pyd")) else "pure Python"
    echo(f"magnate {__version__}")
    echo(f"Python {platform.python_version()} ({platform.python_implementation()}, {platform.system()})")
    echo(f"engine: {engine}")
