"""`magnate play`."""

from pathlib import Path
from typing import Annotated

from typer import BadParameter, Option, echo

from magnate.commands import verb_app
from magnate.texts import LANGUAGES

app = verb_app()

THEMES = ("city", "day", "safe", "contrast")
LEVELS = ("very_easy", "easy", "medium", "hard", "very_hard", "expert")
MOST_BOTS = 3


def _no_screen() -> str:
    """Return why the screen cannot be drawn on, or nothing."""
    import os
    import sys

    if os.environ.get("TERM") == "dumb":
        return "This terminal is dumb"
    return "" if sys.stdin.isatty() and sys.stderr.isatty() else "This is no terminal"


def _levels(text: str | None) -> tuple[str, ...]:
    """Return the levels that `--bots` names."""
    if text is None:
        return ()
    levels = tuple(level.strip() for level in text.split(","))
    unknown = [level for level in levels if level not in LEVELS]
    if unknown:
        raise BadParameter(f"{unknown[0]!r} is not a level; the levels are {', '.join(LEVELS)}", param_hint="--bots")
    if len(levels) > MOST_BOTS:
        raise BadParameter(f"a game takes {MOST_BOTS} bots at most, not {len(levels)}", param_hint="--bots")
    return levels


def _one_of(value: str | None, allowed: tuple[str, ...], flag: str) -> str | None:
    if value is not None and value not in allowed:
        raise BadParameter(f"{value!r} is not one of {', '.join(allowed)}", param_hint=flag)
    return value


@app.command()
def play(
    server: Annotated[
        str | None,
        Option(metavar="URL", help="Server to play on. Without it, a server of your own runs while you play."),
    ] = None,
    user: Annotated[str | None, Option(metavar="NAME", help="Name to sign in with.")] = None,
    lang: Annotated[str | None, Option(metavar="en|es", help="Language.  [default: en]")] = None,
    theme: Annotated[str | None, Option(metavar="|".join(THEMES), help="Colours.  [default: city]")] = None,
    no_animation: Annotated[bool, Option("--no-animation", help="Show everything at once, without motion.")] = False,
    plain: Annotated[
        bool, Option("--plain", help="Lines of text only: for screen readers, pipes and slow lines.")
    ] = False,
    clock: Annotated[
        int | None,
        Option(
            metavar="SECONDS",
            min=0,
            max=86_400,
            help="Time limit of each phase on your own server; 0 is none.  [default: 0]",
        ),
    ] = None,
    config: Annotated[
        Path | None,
        Option(metavar="FILE", help="TOML file with preferences.  [default: play.toml in your config folder]"),
    ] = None,
    bots: Annotated[
        str | None, Option(metavar="LEVELS", help="Start a game against one to three bots at once: expert,hard,easy.")
    ] = None,
    join: Annotated[str | None, Option(metavar="CODE", help="Join a private room at once.")] = None,
    queue: Annotated[bool, Option("--queue", help="Look for opponents at once.")] = False,
) -> None:
    """Play in the terminal, against bots or people.

    \b
    magnate play                                  your own server, and a menu
    magnate play --bots medium,medium,medium      a game at once
    magnate play --server https://example.org     somebody else's server
    """
    levels = _levels(bots)
    _one_of(lang, LANGUAGES, "--lang")
    _one_of(theme, THEMES, "--theme")
    if bool(levels) + (join is not None) + queue > 1:
        raise BadParameter("choose one of --bots, --join and --queue")

    if server is not None and clock is not None:
        raise BadParameter("a server that is not yours has a clock of its own", param_hint="--clock")

    import asyncio
    from dataclasses import replace

    from magnate.client.address import checked
    from magnate.client.session import SessionFile, default_path
    from magnate.commands._advising import advise
    from magnate.tui.preferences import stored as prefer
    from magnate.tui.starting import Start

    path = prefer.default_path() if config is None else config
    preferences = prefer.load(path, required=config is not None)
    preferences = replace(
        preferences,
        server=server or preferences.server,
        user=user or preferences.user,
        lang=lang or preferences.lang,
        theme=theme or preferences.theme,
        animation=preferences.animation and not no_animation,
        clock=preferences.clock if clock is None else clock,
    )
    if preferences.server is not None:
        checked(preferences.server)
    start = Start(levels, join, queue)
    sessions = SessionFile(default_path())
    why_plain = "" if plain else _no_screen()
    if why_plain:
        echo(f"{why_plain}: playing in line mode, as with --plain.", err=True)
    if plain or why_plain:
        from magnate.tui.plain.menu import play_plain

        asyncio.run(play_plain(preferences, sessions, start, advise))
    else:
        from magnate.tui.app import MagnateApp
        from magnate.tui.keymap import fault

        wrong = fault(preferences.keys)
        if wrong:
            raise prefer.PreferencesError(path, wrong)
        client = MagnateApp(preferences, sessions, preferences_path=path, start=start, adviser=advise)
        client.run()
        if client.crash is not None:
            raise client.crash
        if client.interrupted:
            raise KeyboardInterrupt
