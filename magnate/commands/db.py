"""`magnate db`."""

from pathlib import Path
from typing import Annotated

from typer import Exit, Option, echo

from magnate.commands import verb_app
from magnate.commands._settings import takes_settings
from magnate.server.config_sources import Loaded

app = verb_app("Back up, check and migrate the database of a server.")

on_database = takes_settings(("db",))


@app.command()
@on_database
def backup(
    to: Annotated[
        Path | None,
        Option("--to", metavar="FILE", help="Output file; by default beside the database, with the time in its name."),
    ] = None,
    *,
    loaded: Loaded,
) -> None:
    """Copy the database into one file, also while a server writes to it, and print the file's name."""
    from magnate.server.errors import StorageError
    from magnate.server.storage import database

    path = loaded.settings.database
    if not path.exists():
        raise StorageError(path, "does not exist")
    echo(database.backup(path, to or database.backup_path(path)))


@app.command()
@on_database
def check(loaded: Loaded) -> None:
    """Look the whole database over; prints what is wrong and exits with 1 if anything is."""
    from magnate.server import checking

    problems = checking.check(loaded.settings.database)
    for problem in problems:
        echo(problem)
    if problems:
        raise Exit(1)
    echo("no problem found", err=True)


@app.command()
@on_database
def migrate(loaded: Loaded) -> None:
    """Bring the database to the schema of this version, after a backup. A server does so by itself when it starts."""
    from magnate.server.storage import database

    path = loaded.settings.database
    with database.server_lock(path):
        applied, saved = database.prepare(path)
    if saved is not None:
        echo(f"backup: {saved}", err=True)
    for step in applied:
        echo(step)
    echo("the schema is current", err=True)
