"""Hints: how the player's own choices are ranked, and why; only where that is fair (docs: Playing, Hints)."""

from dataclasses import replace

import pytest
from textual.widgets import Static

from magnate.client.game import Changed
from magnate.commands._advising import MOST, advise
from magnate.engine.phases import Phase
from magnate.engine.view import view_for
from magnate.texts.game import GAME
from magnate.tui.dialogs.hint import HintDialog
from magnate.tui.screens.game import GameScreen
from tests.engine.positions import deciding, to_roll
from tests.tui.game import positions
from tests.tui.game.playing import Playing, playing
from tests.tui.game.table import ME, Table
from tests.tui.waiting import until

pytestmark = pytest.mark.anyio


def alone(link: Table) -> Table:
    """Let everybody else be a bot."""
    link.game.settings = replace(link.game.settings, humans=(ME,))
    link.tell(Changed(None, ()))
    return link


async def ask(at: Playing) -> None:
    at.screen.context.adviser = advise
    await until(at.pilot, lambda: at.screen.seat.shown and at.link._updates.empty())
    await until(at.pilot, lambda: at.screen.view.settings == at.link.game.settings)
    await at.press("i")
    # Either the hint opens, or a notice says why not.
    await until(at.pilot, lambda: at.showing(HintDialog) or bool(at.notices()))


@pytest.mark.parametrize(("lang", "choice"), [("en", "Build"), ("es", "Construir")])
async def test_against_bots_a_hint_ranks_the_choices_with_their_reasons(lang: str, choice: str) -> None:
    async with playing(alone(positions.business()), lang) as at:
        await ask(at)
        assert at.showing(HintDialog)
        said = str(at.app.screen.query_one("#hints", Static).content)
        people = at.screen.people
        assert people is not None
        hints = advise(at.screen.view, lang, people.name)
        assert any(hint.choice.startswith(choice) for hint in hints)
        for place, hint in enumerate(hints, 1):
            assert f"{place}. {hint.choice}" in said
            assert hint.why in said
        await at.press("i")
        await until(at.pilot, lambda: at.showing(GameScreen))
        assert at.link.sent == []


@pytest.mark.parametrize("allowed", [False, True])
async def test_with_other_people_there_are_hints_only_where_the_room_allows_them(allowed: bool) -> None:
    link = positions.business()
    link.game.settings = replace(link.game.settings, humans=(ME, 1))
    link.seating = replace(link.seating, hints=allowed)
    link.tell(Changed(None, ()))
    async with playing(link) as at:
        await ask(at)
        assert at.showing(HintDialog) is allowed
        assert (GAME["hint_off"][0] in at.notices()) is not allowed


async def test_without_a_choice_there_is_no_hint() -> None:
    link = positions.business()
    link.game.phase_seat = link.game.turn_seat = 1
    async with playing(alone(link)) as at:
        await ask(at)
        assert not at.showing(HintDialog)
        assert GAME["hint_none"][0] in at.notices()


async def test_a_hint_goes_when_there_is_nothing_to_choose_any_more() -> None:
    link = alone(positions.business())
    async with playing(link) as at:
        await ask(at)
        assert at.showing(HintDialog)
        link.game.phase, link.game.phase_seat = Phase.ROLL_THE_DICES, 1
        link.tell(Changed(None, ()))
        await until(at.pilot, lambda: at.showing(GameScreen))


def test_an_adviser_says_a_few_choices_best_first_and_changes_nothing() -> None:
    view = view_for(deciding(39, seats=4), 0)
    before = view.key()
    hints = advise(view, "en", str)
    assert [hint.value for hint in hints] == sorted([hint.value for hint in hints], reverse=True)
    assert hints[0].choice.startswith("Buy ")
    assert len(advise(view_for(positions.business().game, ME), "en", str)) <= MOST
    assert view.key() == before
    assert advise(view_for(to_roll(2), 1), "en", str) == []
    assert advise(view_for(to_roll(2), -1), "en", str) == []
