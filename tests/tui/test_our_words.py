"""What Textual would say in words of its own is said in ours, in the player's language."""

import pytest
from textual.binding import Binding
from textual.command import CommandList
from textual.widgets import Button, Input, Label

from magnate.tui.app import MagnateApp
from magnate.tui.dialogs.auction import AuctionDialog
from magnate.tui.dialogs.confirm import ConfirmDialog
from magnate.tui.dialogs.lobby import QuitDialog
from magnate.tui.dialogs.palette import Palette
from tests.tui.game import positions
from tests.tui.game.test_following import playing
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio


@pytest.mark.parametrize(("lang", "words", "yes"), [("en", "Quit Magnate?", "y"), ("es", "¿Salir de Magnate?", "s")])
async def test_ctrl_c_asks_in_our_words_and_takes_yes_and_no(lang: str, words: str, yes: str) -> None:
    async with playing(positions.auction(), lang) as at:
        await until(at.pilot, lambda: at.showing(AuctionDialog) and isinstance(at.app.focused, Input))
        await at.press("ctrl+c")
        await until(at.pilot, lambda: at.showing(QuitDialog))
        assert words in [str(label.content) for label in at.app.screen.query(Label)]
        assert at.app.focused is at.app.screen.query_one("#back", Button)
        await at.press("n")
        await until(at.pilot, lambda: at.showing(AuctionDialog))
        assert at.app._exit is False
        await at.press("ctrl+c", yes)
        await until(at.pilot, lambda: at.app._exit)


@pytest.mark.parametrize(("lang", "yes"), [("en", "y"), ("es", "s")])
async def test_a_question_takes_the_keys_of_the_language(lang: str, yes: str) -> None:
    async with playing(positions.business(), lang) as at:
        await at.press("S")
        await until(at.pilot, lambda: at.showing(ConfirmDialog))
        assert str(at.app.screen.query_one("#yes", Button).label).startswith(yes.upper())
        await at.press("n")
        await until(at.pilot, lambda: not at.showing(ConfirmDialog))
        assert at.link.sent == []
        await at.press("S", yes)
        await until(at.pilot, lambda: len(at.link.sent) == 1)


@pytest.mark.parametrize(("lang", "words"), [("en", "Nothing is called that."), ("es", "Nada se llama así.")])
async def test_the_palette_says_in_our_words_that_nothing_matches(lang: str, words: str) -> None:
    async with playing(positions.business(), lang) as at:
        await at.press("ctrl+p")
        await until(at.pilot, lambda: at.showing(Palette))
        await at.press(*"qqqqq")
        options = at.app.screen.query_one(CommandList)
        await until(at.pilot, lambda: [str(option.prompt) for option in options.options] == [words])


@pytest.mark.parametrize(
    ("key", "english", "spanish"),
    [
        ("pageup", "pgup", "repág"),
        ("pagedown", "pgdn", "avpág"),
        ("delete", "del", "supr"),
        ("home", "home", "inicio"),
        ("shift+f5", "shift+f5", "mayús+f5"),
        ("ctrl+s", "^s", "^s"),
        ("ctrl+pageup", "^pgup", "^repág"),
        ("question_mark", "?", "?"),
    ],
)
async def test_keys_are_called_as_on_the_players_keyboard(key: str, english: str, spanish: str) -> None:
    for lang, name in (("en", english), ("es", spanish)):
        async with playing(positions.business(), lang) as at:
            assert isinstance(at.app, MagnateApp)
            assert at.app.get_key_display(Binding(key, "")) == name
