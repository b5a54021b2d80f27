"""Settings come from flags, environment, TOML file and defaults, in that order; mistakes are named with their place."""

from pathlib import Path

import pytest

from magnate.server.config import DEFAULTS, Settings, is_loopback
from magnate.server.config_sources import load
from magnate.server.errors import ConfigError


def toml(tmp_path: Path, text: str) -> Path:
    file = tmp_path / "magnate.toml"
    file.write_text(text)
    return file


def test_without_any_source_everything_is_default() -> None:
    loaded = load({}, {})
    assert loaded.settings == DEFAULTS
    assert set(loaded.origins.values()) == {"default"}


def test_flag_beats_environment_beats_file_beats_default(tmp_path: Path) -> None:
    file = toml(tmp_path, "port = 1\npublic_players = 3\nmax_rounds = 7\n")
    loaded = load({"port": 3}, {"MAGNATE_PORT": "2", "MAGNATE_PUBLIC_PLAYERS": "4"}, file)
    assert (loaded.settings.port, loaded.settings.public_players, loaded.settings.max_rounds) == (3, 4, 7)
    assert loaded.origins["port"] == "flag"
    assert loaded.origins["public_players"] == "MAGNATE_PUBLIC_PLAYERS"
    assert loaded.origins["max_rounds"] == str(file)
    assert loaded.origins["host"] == "default"


def test_a_flag_that_was_not_given_counts_for_nothing() -> None:
    assert load({"port": None, "allow_origin": []}, {"MAGNATE_PORT": "5"}).settings.port == 5


def test_the_environment_may_name_the_file(tmp_path: Path) -> None:
    file = toml(tmp_path, "port = 77")
    assert load({}, {"MAGNATE_CONFIG": str(file)}).settings.port == 77


@pytest.mark.parametrize(
    ("variable", "text", "expected"),
    [
        ("MAGNATE_TURN_SECONDS", "1.5", ("turn_seconds", 1.5)),
        ("MAGNATE_DEBUG_COMMANDS", "yes", ("debug_commands", True)),
        ("MAGNATE_DEBUG_COMMANDS", "OFF", ("debug_commands", False)),
        ("MAGNATE_DB", "/data/x.sqlite3", ("db", Path("/data/x.sqlite3"))),
        (
            "MAGNATE_ALLOW_ORIGIN",
            "https://A.org, http://b.org:81",
            ("allow_origin", ("https://a.org", "http://b.org:81")),
        ),
    ],
)
def test_environment_texts_become_the_type_of_the_setting(
    variable: str, text: str, expected: tuple[str, object]
) -> None:
    assert getattr(load({}, {variable: text}).settings, expected[0]) == expected[1]


@pytest.mark.parametrize(
    ("text", "name", "reason"),
    [
        ("prot = 1", "prot", "did you mean port?"),
        ("port = '8000'", "port", "must be a whole number, not '8000'"),
        ("port = 8000.5", "port", "must be a whole number"),
        ("port = true", "port", "must be a whole number"),
        ("port = 70000", "port", "must be from 0 to 65535"),
        ("rooms_per_user = 0", "rooms_per_user", "must be at least 1"),
        ("turn_seconds = nan", "turn_seconds", "must be from 0"),
        ("log_level = 'loud'", "log_level", "must be one of debug, info, warning, error"),
        ("host = ''", "host", "must be a text"),
        ("debug_commands = 1", "debug_commands", "must be true or false"),
        ("allow_origin = 'https://a.org'", "allow_origin", "must be a list"),
        ("allow_origin = ['*']", "allow_origin", "must be like https://example.org"),
        ("allow_origin = ['https://a.org/path']", "allow_origin", "must be like https://example.org"),
        ("db = 3", "db", "must be a path"),
        ("secret_key = 'abc'", "secret_key", "secrets do not belong in this file"),
        ("[server]\nport = 1", "server", "no such setting"),
    ],
)
def test_a_mistake_in_the_file_names_file_setting_and_reason(tmp_path: Path, text: str, name: str, reason: str) -> None:
    file = toml(tmp_path, text)
    with pytest.raises(ConfigError) as caught:
        load({}, {}, file)
    assert (caught.value.name, caught.value.origin) == (name, str(file))
    assert reason in caught.value.reason
    assert caught.value.exit_code == 2
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    ("variable", "text", "reason"),
    [
        ("MAGNATE_PROT", "1", "did you mean MAGNATE_PORT?"),
        ("MAGNATE_PORT", "many", "must be a whole number, not 'many'"),
        ("MAGNATE_TURN_SECONDS", "", "must be a number"),
        ("MAGNATE_DEBUG_COMMANDS", "perhaps", "must be true or false"),
    ],
)
def test_a_mistake_in_the_environment_names_the_variable(variable: str, text: str, reason: str) -> None:
    with pytest.raises(ConfigError) as caught:
        load({}, {variable: text})
    assert caught.value.name == variable
    assert reason in caught.value.reason


def test_nothing_is_suggested_for_a_name_that_is_like_no_other(tmp_path: Path) -> None:
    for flags, environment, file in (({}, {"MAGNATE_BOGUS": "1"}, None), ({}, {}, toml(tmp_path, "bogus = 1"))):
        with pytest.raises(ConfigError) as caught:
            load(flags, environment, file)
        assert caught.value.reason == "no such setting"


def test_variables_of_other_programs_and_our_secrets_are_left_alone() -> None:
    assert load({}, {"PATH": "x", "MAGNATE_SECRET_KEY": "s"}).settings == DEFAULTS


def test_a_mistake_in_a_flag_names_the_flag() -> None:
    with pytest.raises(ConfigError, match=r"command line: --turn-seconds: must be from 0 to 86400, not -1"):
        load({"turn_seconds": -1}, {})


@pytest.mark.parametrize("content", [None, b"\xff", b"port = "])
def test_a_file_that_cannot_be_read_is_one_clear_error(tmp_path: Path, content: bytes | None) -> None:
    file = tmp_path / "magnate.toml"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ConfigError, match=r"magnate\.toml: (cannot be read|is not UTF-8|is not TOML)"):
        load({}, {}, file)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "play.example.org"])
def test_debug_commands_refuse_a_host_that_others_can_reach(host: str) -> None:
    with pytest.raises(ConfigError, match="not a loopback address"):
        load({"debug_commands": True, "host": host}, {})


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "127.8.9.1"])
def test_debug_commands_are_for_loopback(host: str) -> None:
    assert load({"debug_commands": True, "host": host}, {}).settings.debug_commands


def test_an_address_that_only_looks_like_loopback_is_none() -> None:
    assert not is_loopback("127.0.0.1.example.org")
    assert is_loopback("::ffff:127.0.0.1")


def test_the_database_lies_in_the_data_directory_of_the_user() -> None:
    assert Settings().database.name == "magnate.sqlite3"
    assert Settings().database.is_absolute()
