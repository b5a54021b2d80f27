"""Preferences come from a TOML file and go back to it; what is wrong in it is named."""

from pathlib import Path

import pytest

from magnate.tui.preferences.stored import Preferences, PreferencesError, default_path, load, save


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load(tmp_path / "none.toml") == Preferences(lang="en", theme="city", animation=True)


def test_a_file_asked_for_by_name_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(PreferencesError, match="there is no such file"):
        load(tmp_path / "none.toml", required=True)


def test_what_is_saved_is_read_back(tmp_path: Path) -> None:
    preferences = Preferences(
        "es",
        "contrast",
        False,
        'http://[::1]:8000/"\\',
        "José",
        45,
        "at_once",
        "desktop",
        {"game.roll": "space", "board.up": "k"},
    )
    path = tmp_path / "new" / "play.toml"
    save(path, preferences)
    assert load(path) == preferences


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("lang =", "is not TOML"),
        ('lang = "fr"', "lang must be one of en, es, not 'fr'"),
        ('theme = "pink"', "theme must be one of"),
        ('pace = "quick"', "pace must be one of slow, normal, fast, at_once, not 'quick'"),
        ("call = true", "call must be a str"),
        ('call = "phone"', "call must be one of off, bell, desktop, both"),
        ('animation = "no"', "animation must be a bool"),
        ("clock = true", "clock must be a int"),
        ("clock = -1", "clock must be from 0 to 86400 seconds, not -1"),
        ('colour = "red"', "unknown setting 'colour'"),
        ("[keys]\nroll = 3", "keys must map"),
        ('server = "abc"', "server must begin with http:// or https://, not 'abc'"),
    ],
)
def test_what_is_wrong_in_the_file_is_named(tmp_path: Path, text: str, why: str) -> None:
    path = tmp_path / "play.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(PreferencesError, match=why):
        load(path)


def test_a_file_that_cannot_be_read_or_written_is_named(tmp_path: Path) -> None:
    with pytest.raises(PreferencesError, match=str(tmp_path)):
        load(tmp_path)
    (tmp_path / "file").touch()
    with pytest.raises(PreferencesError, match="file"):
        save(tmp_path / "file" / "play.toml", Preferences())


def test_preferences_lie_in_the_users_configuration() -> None:
    assert default_path().name == "play.toml"
