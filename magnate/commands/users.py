"""`magnate users`."""

import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from enum import Enum
from typing import TYPE_CHECKING, Annotated, Final

from typer import Argument, Option, echo, prompt

from magnate.commands import verb_app
from magnate.commands._settings import takes_settings
from magnate.errors import MagnateError
from magnate.server.config import Settings
from magnate.server.config_sources import Loaded
from magnate.system import streams

if TYPE_CHECKING:
    from magnate.server.accounts.accounts import Accounts
    from magnate.server.storage import Storage

LONGEST_LINE: Final = 8_192
"""Characters that are read of a password; the longest that may be used is far shorter."""

app = verb_app("Add, list and change the users of a server, even while it runs.")

Name = Annotated[str, Argument(metavar="NAME", help="Name of the user; case does not matter.", show_default=False)]
on_database = takes_settings(("db",))


class Format(Enum):
    """How a list is printed."""

    TABLE = "table"
    JSON = "json"


@app.command()
@on_database
def add(name: Name, loaded: Loaded) -> None:
    """Add a user. Asks for the password, or reads a line of stdin if that is no terminal."""

    async def work(storage: "Storage", accounts: "Accounts") -> None:
        user = await accounts.create(name, _password())
        echo(f"{user.pk}")
        echo(f"user {user.username!r} added", err=True)

    _run(loaded.settings, work, create=True)


@app.command("list")
@on_database
def list_(
    format: Annotated[Format, Option(help="How to print the list.")] = Format.TABLE,
    bots: Annotated[bool, Option("--bots", help="List bots too.")] = False,
    *,
    loaded: Loaded,
) -> None:
    """List the users."""

    async def work(storage: "Storage", accounts: "Accounts") -> None:
        import msgspec

        users = [user for user in await storage.users() if bots or not user.is_bot]
        if format is Format.JSON:
            streams.expect_data()
            echo(msgspec.json.format(msgspec.json.encode(users)).decode())
            return
        columns = ("pk", "username", "elo", "points", "played", "won")
        rows = [columns, *([str(getattr(user, column)) for column in columns] for user in users)]
        widths = [max(len(row[index]) for row in rows) for index in range(len(columns))]
        for row in rows:
            echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())

    _run(loaded.settings, work)


@app.command()
@on_database
def passwd(name: Name, loaded: Loaded) -> None:
    """Give a user a new password, and end all their sessions. Reads the password like add."""

    async def work(storage: "Storage", accounts: "Accounts") -> None:
        user = await accounts.find(name)
        await accounts.change_password(user, _password())
        echo(f"password of {user.username!r} changed", err=True)

    _run(loaded.settings, work)


@app.command()
@on_database
def grant(
    name: Name,
    points: Annotated[int, Argument(help="Points to give; negative to take.", min=-(10**12), max=10**12)],
    loaded: Loaded,
) -> None:
    """Give a user points for the shop, and print the new balance. Negative points go after --."""

    async def work(storage: "Storage", accounts: "Accounts") -> None:
        user = await accounts.find(name)
        echo(f"{await storage.grant_points(user.pk, points)}")

    _run(loaded.settings, work)


def _run(settings: Settings, work: "Callable[[Storage, Accounts], Awaitable[None]]", *, create: bool = False) -> None:
    """Do `work` on the database of the settings, which must exist unless it may be made."""
    import asyncio

    from magnate.server.errors import StorageError

    if not create and not settings.database.exists():
        raise StorageError(settings.database, "does not exist")

    async def main() -> None:
        async with _opened(settings) as (storage, accounts):
            await work(storage, accounts)

    asyncio.run(main())


@asynccontextmanager
async def _opened(settings: Settings) -> "AsyncIterator[tuple[Storage, Accounts]]":
    from magnate.server.accounts.accounts import Accounts
    from magnate.server.clock import system_clock
    from magnate.server.storage import open_storage

    storage = await open_storage(settings.database, serving=False)
    accounts = Accounts(settings, storage, system_clock)
    try:
        yield storage, accounts
    finally:
        accounts.close()
        await storage.close()


def _password() -> str:
    if sys.stdin.isatty():
        password: str = prompt("Password", hide_input=True, confirmation_prompt=True, err=True)
        return password
    line = sys.stdin.readline(LONGEST_LINE).rstrip("\r\n")
    if streams.REPLACED in line:
        raise MagnateError(f"{streams.INPUT}: the password has bytes that are not {sys.stdin.encoding}")
    return line
