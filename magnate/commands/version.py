"""`magnate version`."""

import platform
from importlib.util import find_spec

from typer import echo

from magnate import __version__
from magnate.commands import verb_app

app = verb_app()


@app.command()
def version() -> None:
    """Print the versions, and whether the engine is compiled."""
    echo(f"magnate {__version__}")
    echo(f"Python {platform.python_version()} ({platform.python_implementation()}, {platform.system()})")
    echo(f"engine: {'compiled' if engine_file().endswith(('.so', '.pyd')) else 'pure Python'}")


def engine_file() -> str:
    """Return the file that the engine's state is loaded from, without loading it."""
    spec = find_spec("magnate.engine.state")
    return (spec and spec.origin) or ""
