"""`docs/host.md` and the Dockerfile say what is so."""

import json
import re
import tomllib
from pathlib import Path

import msgspec
import pytest

from magnate.protocol.rest import HealthAnswer
from magnate.server.config_sources import SECRET_VARIABLE, load
from scripts import settings_docs

ROOT = Path(__file__).parent.parent.parent
PAGE = settings_docs.PAGE.read_text(encoding="utf-8")
DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the fenced blocks of a language."""
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_tables_are_current() -> None:
    assert settings_docs.main(["--check"]) == 0


def test_a_stale_table_is_told_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stale = tmp_path / "host.md"
    stale.write_text(PAGE.replace("| `port` | 8000 |", "| `port` | 8001 |"), encoding="utf-8")
    monkeypatch.setattr(settings_docs, "PAGE", stale)
    assert settings_docs.main(["--check"]) == 1
    assert "host.md is not current" in capsys.readouterr().err
    assert settings_docs.main([]) == 0
    assert stale.read_text(encoding="utf-8") == PAGE


def test_the_example_of_a_settings_file_is_read(tmp_path: Path) -> None:
    (example,) = blocks("toml")
    file = tmp_path / "magnate.toml"
    file.write_text(example)
    loaded = load({}, {}, file)
    assert {name for name, origin in loaded.origins.items() if origin != "default"} == set(tomllib.loads(example))


def test_every_variable_that_is_named_exists(tmp_path: Path) -> None:
    (tmp_path / "magnate.toml").touch()
    samples = dict(re.findall(r"\b(MAGNATE_[A-Z_]+)=([^\s`\"\\]+)", PAGE + DOCKERFILE))
    assert {"MAGNATE_TURN_SECONDS", "MAGNATE_DB", "MAGNATE_CONFIG", "MAGNATE_HOST", "MAGNATE_PORT"} <= set(samples)
    load({}, samples | {"MAGNATE_CONFIG": str(tmp_path / "magnate.toml")})
    assert set(re.findall(r"`(MAGNATE_[A-Z_]+)`", PAGE)) <= set(samples) | {SECRET_VARIABLE}


def test_the_example_of_health_is_one() -> None:
    (example,) = blocks("json")
    assert msgspec.to_builtins(msgspec.json.decode(example, type=HealthAnswer)) == json.loads(example)


def test_the_events_of_the_log_are_in_the_source() -> None:
    source = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "magnate" / "server").rglob("*.py"))
    logs = PAGE.partition("## Logs")[2].partition("## Limits")[0]
    events = [event.removesuffix(" …") for event in re.findall(r"^\| `([^`]+)` \|", logs, re.MULTILINE)]
    assert len(events) >= 4
    for event in events:
        assert f'"{event}' in source


def test_limits_name_settings_that_exist() -> None:
    limits = PAGE.partition("## Limits")[2].partition("## Debug commands")[0]
    names = [name for row in re.findall(r"^\|[^|]+\|([^|]+)\|", limits, re.MULTILINE) for name in name_of(row)]
    known = load({}, {}).origins
    assert len(names) > 8
    for name in names:
        assert any(each == name or (name.endswith("…") and each.startswith(name[:-1])) for each in known)


def name_of(cell: str) -> list[str]:
    """Return what stands in backticks."""
    return re.findall(r"`([^`]+)`", cell)


def test_the_health_check_of_the_image_is_a_program() -> None:
    found = re.search(r"^HEALTHCHECK .*\\\n +CMD (\[.*\])$", DOCKERFILE, re.MULTILINE)
    assert found is not None
    python, option, program = json.loads(found[1])
    assert (python, option) == ("python", "-c")
    compile(program, "HEALTHCHECK", "exec")
    assert "/healthz" in program
