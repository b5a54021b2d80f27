"""Secrets come from the environment or a file of mode 600 that is made at first start."""

import stat
from pathlib import Path

import pytest

from magnate.server.accounts.signing_key import key_file, signing_key
from magnate.server.errors import ConfigError


def test_the_first_start_makes_a_file_of_mode_600_and_later_ones_read_it(path: Path) -> None:
    first = signing_key({}, path)
    assert len(first) >= 32
    assert stat.S_IMODE(key_file(path).stat().st_mode) == 0o600
    assert signing_key({}, path) == first
    assert [each.name for each in path.parent.iterdir()] == [key_file(path).name]


def test_every_database_gets_a_key_of_its_own(tmp_path: Path) -> None:
    assert signing_key({}, tmp_path / "one") != signing_key({}, tmp_path / "two")


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o644])
def test_a_key_file_that_others_can_read_is_refused(path: Path, mode: int) -> None:
    signing_key({}, path)
    key_file(path).chmod(mode)
    with pytest.raises(ConfigError, match=f"has mode {mode:o}.*chmod 600"):
        signing_key({}, path)


def test_the_environment_wins_and_leaves_no_file(path: Path) -> None:
    assert signing_key({"MAGNATE_SECRET_KEY": "x" * 40}, path) == b"x" * 40
    assert not key_file(path).exists()


def test_a_short_key_is_refused(path: Path) -> None:
    with pytest.raises(ConfigError, match="MAGNATE_SECRET_KEY: must have at least 32 bytes, not 5"):
        signing_key({"MAGNATE_SECRET_KEY": "short"}, path)
    key_file(path).touch(0o600)
    with pytest.raises(ConfigError, match="not 0"):
        signing_key({}, path)


def test_a_place_where_no_file_can_be_made_is_one_clear_error(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(ConfigError, match="cannot be read or made"):
        signing_key({}, tmp_path / "file" / "magnate.sqlite3")
