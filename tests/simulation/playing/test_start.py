"""Games that begin from a position."""

import io
import json
import sys
from pathlib import Path

import pytest

from magnate import cli
from magnate.engine.chance import Seeded
from magnate.engine.game import new_game
from magnate.engine.position import position_text
from magnate.errors import MagnateError
from magnate.simulation.errors import SettingsError
from magnate.simulation.playing.plan import Wishes, make_settings
from magnate.simulation.playing.runner import play_game
from magnate.simulation.playing.start import load_start

MIDGAME = {
    "magnate": "position",
    "round": 10,
    "turn": 37,
    "players": [{"balance": 50}, {"balance": 0}, {"balance": 9000, "squares": {"1": {"level": 5}, "3": {"level": 5}}}],
    "eliminated": [1],
    "settings": {"max_rounds": 12, "humans": [0]},
}


@pytest.fixture
def position(tmp_path: Path) -> Path:
    file = tmp_path / "position.json"
    file.write_text(json.dumps(MIDGAME))
    return file


def test_a_position_is_read_from_standard_input_too(position: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = make_settings(Wishes(bots=("expert", "hard"), position=position))
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(position.read_bytes())))
    assert make_settings(Wishes(bots=("expert", "hard"), position=Path("-"))) == named
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"{")))
    with pytest.raises(MagnateError, match="standard input"):
        make_settings(Wishes(position=Path("-")))


def test_every_game_begins_from_the_position(position: Path) -> None:
    settings = make_settings(Wishes(bots=("expert", "hard"), position=position))
    assert (settings.seats, settings.max_rounds) == ((0, 2), 12)
    for number in range(1, 5):
        game = play_game(settings, number)
        assert 10 <= game.rounds <= 12
        assert [seat.seat for seat in game.seats] == [0, 2]
        assert game.seats[1].win == 1  # nobody catches up with 9,000 and two hotels in three rounds


def test_bots_take_turns_on_the_seats_of_a_position(position: Path) -> None:
    settings = make_settings(Wishes(bots=("expert", "hard"), position=position))
    assert [play_game(settings, number).seats[0].bot for number in (1, 2)] == ["expert", "hard"]


def test_games_from_a_position_differ_by_their_seed(position: Path) -> None:
    settings = make_settings(Wishes(position=position))
    assert len({play_game(settings, number).actions for number in range(1, 9)}) > 1


def test_the_limit_of_rounds_can_be_changed(position: Path) -> None:
    settings = make_settings(Wishes(position=position, max_rounds=10))
    assert settings.max_rounds == 10
    assert play_game(settings, 1).rounds == 10


def test_a_limit_before_the_position_is_refused(position: Path) -> None:
    with pytest.raises(SettingsError, match=r"--max-rounds 9: the position in .* is in round 10"):
        load_start(position, 9)


def test_other_players_than_the_position_has_are_refused(position: Path) -> None:
    with pytest.raises(SettingsError, match="--players 3: the position has 2 players"):
        make_settings(Wishes(position=position, players=3))


def test_a_position_is_known_by_what_it_says_not_by_how_it_is_written(position: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    other.write_text(json.dumps(MIDGAME, indent=8))
    changed = tmp_path / "changed.json"
    changed.write_text(json.dumps({**MIDGAME, "round": 11}))
    assert load_start(position, None).digest == load_start(other, None).digest
    assert load_start(position, None).digest != load_start(changed, None).digest


def test_the_start_of_a_game_can_be_a_position(tmp_path: Path) -> None:
    file = tmp_path / "start.json"
    file.write_text(position_text(new_game(3, Seeded(1))))
    settings = make_settings(Wishes(position=file))
    assert settings.seats == (0, 1, 2)
    assert play_game(settings, 1).rounds > 0


def test_every_fault_of_a_position_is_listed(
    position: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    position.write_text(json.dumps({**MIDGAME, "round": 0, "trun": 3}))
    monkeypatch.setattr(sys, "argv", ["magnate", "simulate", "--from", str(position)])
    with pytest.raises(SystemExit) as done:
        cli.main()
    assert done.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert f"{position}: round: must be a whole number" in said.err
    assert f'{position}: unknown key "trun" (did you mean turn?)' in said.err
