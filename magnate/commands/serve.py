"""`magnate serve`."""

from typer import Option

from magnate.commands import verb_app
from magnate.commands._settings import takes_settings
from magnate.server.config_sources import Loaded

app = verb_app()


@app.command()
@takes_settings()
def serve(
    *,
    open: bool = Option(False, "--open", help="Open the page in your browser."),
    loaded: Loaded,
) -> None:
    """Serve games over WebSockets and REST until Ctrl-C.

    People play on a page in the browser, in the terminal or with a client of their own. Needs no set-up: users and
    games are kept in an SQLite file in the user's data directory. Each setting may also come from the environment
    (MAGNATE_TURN_SECONDS=30) or a TOML file.
    """
    from magnate.server.serving import serve as serve_forever

    serve_forever(loaded.settings, opens=open)
