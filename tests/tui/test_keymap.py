"""Keys of the player's own: what cannot work is named before the game begins."""

import pytest

from magnate.tui.keymap import fault
from magnate.tui.words.offers import BINDING_IDS, KEYS


@pytest.mark.parametrize(
    "keys",
    [
        {},
        {"game.roll": "w"},
        {"game.roll": "w,f5"},
        {"game.roll": "?", "app.help": "f9"},
        {"game.roll": "e", "game.next": "r"},
        {"board.up": "k", "game.card": "ctrl+k", "board.down": "ñ"},
        {"auction.more": "w", "game.roll": "w"},
    ],
)
def test_keys_that_can_be_used_are_taken(keys: dict[str, str]) -> None:
    assert fault(keys) == ""


@pytest.mark.parametrize(
    ("keys", "what"),
    [
        ({"game.rol": "w"}, "keys: there is no action 'game.rol'; did you mean game.roll?"),
        ({"xyz": "w"}, "keys: there is no action 'xyz'"),
        ({"game.roll": "splat"}, "keys: game.roll cannot be on 'splat', which is no key"),
        ({"game.roll": ""}, "keys: game.roll cannot be on '', which is no key"),
        ({"game.roll": "hold+w"}, "keys: game.roll cannot be on 'hold+w', which is no key"),
        ({"game.roll": "e"}, "keys: game.roll and game.next cannot both be on 'e'"),
        ({"game.roll": "w", "game.buy": "w"}, "cannot both be on 'w'"),
        ({"game.roll": "?"}, "game.roll and app.help cannot both be on '?'"),
        ({"app.help": "f2"}, "app.help and room.ready cannot both be on 'f2'"),
        ({"replay.play": "up"}, "replay.play and replay.turn_back cannot both be on 'up'"),
    ],
)
def test_keys_that_cannot_are_named(keys: dict[str, str], what: str) -> None:
    assert what in fault(keys)


def test_every_offer_has_an_action_of_its_name() -> None:
    assert not any(fault({BINDING_IDS[name]: "ctrl+w"}) for name in KEYS if name not in ("move", "tram"))


def test_actions_of_earlier_versions_may_stay_in_a_configuration() -> None:
    assert not fault({"game.card": "ctrl+w", "game.answer": "ctrl+e"})
