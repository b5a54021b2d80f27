"""The page about problems knows every exit code, and the messages that it explains are ours."""

import re
from pathlib import Path

from magnate.cli import EPILOG

ROOT = Path(__file__).parent.parent
PAGE = (ROOT / "docs" / "troubleshooting.md").read_text("utf-8")


def test_the_exit_codes_are_those_of_the_help() -> None:
    section = PAGE.partition("## Exit codes")[2]
    assert re.findall(r"^\| (\d+) \|", section, re.MULTILINE) == re.findall(r"^  (\d+) ", EPILOG, re.MULTILINE)


def test_the_messages_that_it_explains_are_in_the_source() -> None:
    source = "".join([file.read_text("utf-8") for file in (ROOT / "magnate").rglob("*.py")])
    ours = ("another program holds this database", "is in use by a running server")
    for message in ours:
        assert f"`{message}`" in PAGE
        assert message in source
