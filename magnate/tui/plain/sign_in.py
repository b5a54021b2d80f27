"""Who plays, in line mode: the remembered session, a name and its password, or a guest."""

import contextlib
from collections.abc import Awaitable

from magnate.client.errors import CallRefused, SignInNeeded
from magnate.client.rest import RestClient
from magnate.printable import printable
from magnate.texts.plain import plain
from magnate.texts.refusals import refusal
from magnate.tui.plain.lines import Lines, say
from magnate.tui.starting import own_account


async def sign_in(rest: RestClient, lines: Lines, lang: str, wanted: str | None, *, own: bool) -> None:
    """Use the remembered session, or ask for name and password; on a server of one's own nothing is asked.

    Args:
        rest: The server.
        lines: What the player types.
        lang: "en" or "es".
        wanted: The name to sign in with, or None for any.
        own: Whether the server is the player's own.

    Raises:
        Quit: the player ends the program.
        ClientError: the server cannot be reached or used.
    """
    await _find_session(rest, lines, lang, wanted, own=own)
    session = rest.session
    assert session is not None
    say(plain("signed_in", lang, user=printable(session.username), server=rest.server))


async def _find_session(rest: RestClient, lines: Lines, lang: str, wanted: str | None, *, own: bool) -> None:
    session = rest.session
    if session is not None and wanted in (None, session.username):
        with contextlib.suppress(SignInNeeded):
            await rest.profile()
            return
    if own:
        await own_account(rest, wanted)
        return
    while True:
        name = wanted or await lines.ask(plain("name", lang))
        password = await lines.ask_secret(plain("password", lang)) if name else ""
        if not password:
            if await _accepted(rest.play_as_guest(name or None), lang):
                return
            continue
        if await _accepted(rest.login(name, password), lang):
            return
        if not (await lines.ask(plain("new_account", lang))).lower().startswith(plain("yes", lang)):
            continue
        if await _accepted(rest.register(name, password, password), lang):
            return


async def _accepted(call: Awaitable[object], lang: str) -> bool:
    """Say whether the server accepts a call; tell the player why not."""
    try:
        await call
    except CallRefused as refused:
        say(plain("refused", lang, why=refusal(str(refused), lang)))
        return False
    return True
