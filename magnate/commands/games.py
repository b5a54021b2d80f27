"""`magnate games`."""

from collections.abc import Awaitable, Callable, Sequence
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

from typer import Argument, Option, echo

from magnate.commands import verb_app
from magnate.commands._settings import takes_settings
from magnate.server.config import Settings
from magnate.server.config_sources import Loaded
from magnate.system import streams
from magnate.texts import count_of

if TYPE_CHECKING:
    from magnate.server.past_games import GameCard, GameLine
    from magnate.server.storage import Storage

app = verb_app("List, show and export the games of a server, even while it runs.")

LARGEST_ID = 2**63 - 1
NEWEST = 20

T = TypeVar("T")

GameId = Annotated[int, Argument(metavar="ID", help="The game's id.", min=1, max=LARGEST_ID, show_default=False)]
on_database = takes_settings(("db",))


class Format(Enum):
    """How something is printed."""

    TABLE = "table"
    JSON = "json"


@app.command("list")
@on_database
def list_(
    newest: Annotated[
        int, Option("--newest", "-n", metavar="N", help="How many games to list.", min=1, max=LARGEST_ID)
    ] = NEWEST,
    format: Annotated[Format, Option("--format", "-f", help="Table for people, or JSON for programs.")] = Format.TABLE,
    *,
    loaded: Loaded,
) -> None:
    """List the games, newest first: running, finished and aborted ones."""
    from magnate.server.past_games import newest_games

    lines = _read(loaded.settings, lambda storage: newest_games(storage, newest))
    if format is Format.JSON:
        streams.expect_data()
    echo(_json(lines) if format is Format.JSON else _table_of_games(lines))


@app.command()
@on_database
def show(
    id: GameId,
    format: Annotated[Format, Option("--format", "-f", help="Table for people, or JSON for programs.")] = Format.TABLE,
    *,
    loaded: Loaded,
) -> None:
    """Show one game: its players, where it stands or how it ended."""
    from magnate.server.past_games import game_card

    card = _read(loaded.settings, lambda storage: game_card(storage, id))
    if format is Format.JSON:
        streams.expect_data()
    echo(_json(card) if format is Format.JSON else _page_of_game(card))


@app.command()
@on_database
def export(
    id: GameId,
    output: Annotated[
        Path, Option("--output", "-o", metavar="FILE", help="Output file, replaced if it exists; - is stdout.")
    ] = Path("-"),
    *,
    loaded: Loaded,
) -> None:
    """Write a game as a record that `magnate replay` reads; a running game as far as it has come."""
    from magnate.server.past_games import game_record

    record = "".join(_read(loaded.settings, lambda storage: game_record(storage, id)))
    if output == Path("-"):
        streams.expect_data()
        echo(record, nl=False)
    else:
        _write(output, record)
        echo(f"game {id} written to {output}", err=True)


def _read(settings: Settings, work: "Callable[[Storage], Awaitable[T]]") -> T:
    """Return what `work` reads from the database of the settings, which must exist."""
    import asyncio

    from magnate.server.errors import StorageError
    from magnate.server.storage import open_storage

    if not settings.database.exists():
        raise StorageError(settings.database, "does not exist")

    async def main() -> T:
        storage = await open_storage(settings.database, serving=False)
        try:
            return await work(storage)
        finally:
            await storage.close()

    return asyncio.run(main())


def _write(file: Path, record: str) -> None:
    """Write a record, as a whole or not at all."""
    from magnate.server.errors import CannotWrite
    from magnate.system.files import write_whole

    try:
        write_whole(file, record.encode())
    except OSError as error:
        raise CannotWrite(file, error.strerror or str(error)) from error


def _json(value: "GameCard | Sequence[GameLine]") -> str:
    import msgspec

    return msgspec.json.format(msgspec.json.encode(value)).decode()


def _table_of_games(lines: "Sequence[GameLine]") -> str:
    rows = [
        (str(line.id), line.status, _minute(line.started), _minute(line.ended), ", ".join(line.players))
        for line in lines
    ]
    return _columns([("ID", "STATUS", "STARTED", "ENDED", "PLAYERS"), *rows])


def _page_of_game(card: "GameCard") -> str:
    limit = f" of {card.max_rounds}" if card.max_rounds else ""
    about = [f"game {card.id}, {card.status}", f"started {_minute(card.started)}"]
    if card.ended:
        about.append(f"ended {_minute(card.ended)}")
    if card.rounds is not None:
        # A game that ended with its last round counts one more.
        played = min(card.rounds, card.max_rounds or card.rounds)
        about.append(f"round {played}{limit}, turn {card.turns}, phase {card.phase}")
    about.append(count_of(card.actions, "action"))
    if card.note:
        about.append(card.note)
    rows = [("RANK", "SEAT", "PLAYER", "BOT", "WORTH", "POINTS", "ELO", "")]
    for each in card.players:
        elo = "" if each.elo_after is None else f"{each.elo_before} -> {each.elo_after}"
        rows.append(
            (
                _cell(each.rank),
                str(each.seat),
                each.username,
                each.bot or "",
                _cell(each.worth),
                _cell(each.points),
                elo,
                each.departure or "",
            )
        )
    return "\n".join([*about, "", _columns(rows)])


def _cell(value: int | None) -> str:
    return "" if value is None else str(value)


def _minute(time: str | None) -> str:
    """Return an ISO 8601 time in UTC to the minute."""
    return "" if time is None else time[:16].replace("T", " ") + "Z"


def _columns(rows: Sequence[Sequence[str]]) -> str:
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    return "\n".join(
        ["  ".join([cell.ljust(width) for cell, width in zip(row, widths, strict=True)]).rstrip() for row in rows]
    )
