"""`magnate simulate`."""

from pathlib import Path
from typing import Annotated

from typer import Exit, Option, echo

from magnate.commands import verb_app
from magnate.simulation.settings import (
    DEFAULT_BOTS,
    DEFAULT_GAMES,
    DEFAULT_SEED,
    DEFAULT_SPRT_ERROR,
    DEFAULT_SPRT_GAMES,
    DEFAULT_SPRT_MARGIN,
    Format,
    Seating,
)
from magnate.system import endings, streams

app = verb_app()

EPILOG = """\b
Exit codes:
  0    done
  1    a process that played games is gone; what was finished is printed
  2    bad usage or bad input; nothing was overwritten. Or a file could not be
       written any more; what was finished is printed
  129  the terminal was closed (SIGHUP); what was finished is printed
  130  interrupted with Ctrl-C (SIGINT); what was finished is printed
  143  ended with kill (SIGTERM); what was finished is printed
"""


def _print_schema(wanted: bool) -> None:
    if wanted:
        from magnate.simulation.reports.json import write_schema

        streams.expect_data()
        echo(write_schema(), nl=False)
        raise Exit


@app.command(epilog=EPILOG)
def simulate(
    bot: Annotated[
        list[str] | None,
        Option(
            "--bot",
            metavar="BOT",
            help="A bot to play (repeatable): NAME, file.py:Name or package.module:Name; `magnate bots` lists names.",
            show_default=", ".join(DEFAULT_BOTS),
        ),
    ] = None,
    games: Annotated[
        int | None,
        Option(
            "--games",
            "-n",
            metavar="N",
            min=1,
            help="Games to play; with --ladder, of each pair.",
            show_default=f"{DEFAULT_GAMES}; with --sprt, at most {DEFAULT_SPRT_GAMES}",
        ),
    ] = None,
    players: Annotated[
        int | None,
        Option(
            "--players",
            metavar="2..4",
            min=2,
            max=4,
            help="Seats at a table. More bots than seats take turns; fewer sit more than once.",
            show_default="one per bot",
        ),
    ] = None,
    seed: Annotated[
        int,
        Option(
            "--seed",
            metavar="S",
            min=0,
            max=2**63 - 1,
            help="Source of all chance: same seed, same results.",
        ),
    ] = DEFAULT_SEED,
    jobs: Annotated[str, Option("--jobs", "-j", metavar="N|auto", help="Processes; auto is one per core.")] = "auto",
    max_rounds: Annotated[
        int | None,
        Option(
            "--max-rounds",
            metavar="R",
            min=0,
            help="Most rounds per game; 0 for no limit.",
            show_default="30, or what the position says",
        ),
    ] = None,
    seats: Annotated[
        Seating, Option("--seats", help="Seating: every order in turn, as named, or drawn for each game.")
    ] = Seating.ROTATE,
    position: Annotated[
        Path | None,
        Option("--from", metavar="POSITION", help="Begin every game from this position, a JSON file; - is stdin."),
    ] = None,
    game: Annotated[
        int | None, Option("--game", metavar="K", min=1, help="Play only game K of the run, and print it.")
    ] = None,
    ladder: Annotated[bool, Option("--ladder", help="Every level (or --bot) against every other, in pairs.")] = False,
    sprt: Annotated[bool, Option("--sprt", help="Stop a match of two bots as soon as it is decided.")] = False,
    sprt_margin: Annotated[
        float, Option("--sprt-margin", metavar="M", help="Tell win shares of 1/2 + M and 1/2 - M apart.")
    ] = DEFAULT_SPRT_MARGIN,
    sprt_error: Annotated[
        float, Option("--sprt-error", metavar="E", help="Probability of a wrong verdict.")
    ] = DEFAULT_SPRT_ERROR,
    bot_seconds: Annotated[
        float | None,
        Option(
            "--bot-seconds",
            metavar="S",
            help="Longest time for a decision; a slower bot loses the game.",
            show_default="off",
        ),
    ] = None,
    format: Annotated[
        Format, Option("--format", "-f", help="Tables or JSON of all figures; csv or ndjson of every game.")
    ] = Format.TABLE,
    squares: Annotated[
        bool, Option("--squares/--no-squares", help="In tables, list every square or groups only.")
    ] = True,
    timing: Annotated[
        bool, Option("--timing", help="Add speed and thinking times, which depend on the clock.")
    ] = False,
    db: Annotated[
        Path | None, Option("--db", metavar="FILE", help="Add runs, games and results to this SQLite file.")
    ] = None,
    resume: Annotated[
        bool,
        Option(
            "--resume", help="Go on with the last run in --db that has the same settings; begin it if there is none."
        ),
    ] = False,
    again: Annotated[
        bool, Option("--again", help="Add a run to --db though it has the same games already, with the same seed.")
    ] = False,
    record: Annotated[
        Path | None, Option("--record", metavar="DIR", help="Write the record of each game to this folder.")
    ] = None,
    scheduler: Annotated[
        str | None, Option("--scheduler", metavar="tcp://…", help="Play on the workers of this Dask scheduler.")
    ] = None,
    quiet: Annotated[bool, Option("--quiet", "-q", help="Print only errors on stderr.")] = False,
    schema: Annotated[
        bool,
        Option(
            "--schema", callback=_print_schema, is_eager=True, help="Print the JSON Schema of the results and exit."
        ),
    ] = False,
) -> None:
    """Play many games between bots and print the results.

    The same seed gives the same results to the byte, however many processes play.
    Results go to stdout, progress to stderr.

    \b
    magnate simulate --bot expert --bot easy --games 1000
    magnate simulate --bot my_bot.py:MyBot --bot expert --sprt
    magnate simulate --ladder --db ladder.db
    magnate simulate --format json | jq '.bots[] | {bot, win_share}'
    """
    from magnate.simulation.launch import play_alone, play_run
    from magnate.simulation.playing.plan import Wishes
    from magnate.simulation.reports.output import Output

    wishes = Wishes(
        bots=tuple(bot or ()),
        games=games,
        players=players,
        seed=seed,
        jobs=jobs,
        max_rounds=max_rounds,
        seating=seats,
        position=position,
        game=game,
        ladder=ladder,
        sprt=sprt,
        sprt_margin=sprt_margin,
        sprt_error=sprt_error,
        bot_seconds=bot_seconds,
        timing=timing,
        database=db,
        resume=resume,
        again=again,
        records=record,
        scheduler=scheduler,
        quiet=quiet,
    )
    streams.keep_output_apart()
    output = Output(format, timing=timing, every_square=squares)
    if game is not None:
        play_alone(wishes, game, output)
    elif play_run(wishes, output).interrupted:
        raise Exit(endings.exit_code())
