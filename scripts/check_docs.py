"""Hold the documentation against the code.

`python -m scripts.check_docs` exits with 1 and names each fault by file and line:

- a relative link, or its anchor, that leads nowhere;
- a `magnate VERB --option` that the command line does not have;
- a verb that no document shows, or whose line in `magnate --help` is not the first of its own help;
- a `make TARGET` or `scripts/dev.py COMMAND` that does not exist;
- a file or a folder of the repository, a `magnate.module.name`, or a `MAGNATE_VARIABLE` that does not exist;
- an installation by a name that no index has, or of an extra that `pyproject.toml` does not declare;
- a command that is not on PATH after `make demo`, such as a bare `pytest`.
"""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import NamedTuple

import typer

from magnate.cli import COMMANDS, TRACEBACK_VARIABLE
from magnate.server.config_sources import OTHER_VARIABLES, PREFIX, setting_types
from scripts import dev

ROOT = Path(__file__).resolve().parent.parent

LINK = re.compile(r"(?<!`)\]\(([^)\s]+)\)")
HEADING = re.compile(r"#{1,6} +(.+)")
CODE = re.compile(r"`([^`]+)`")
FENCE = re.compile(r"\s*(```|~~~)")
VERB = re.compile(r"(?:^|[\s($])(?<!inject )(?:magnate|cli\.py|-m magnate) ([a-z]+)\b([^|;&#]*)")
OPTION = re.compile(r"(?<![\w-])(--[a-z][a-z-]*)")
MAKE = re.compile(r"(?:^|[\s($])make ([a-z-]+)")
DEV = re.compile(r"scripts/dev\.py ([a-z|-]+)")
PATH = re.compile(r"(?:\./)?((?:benchmarks|docs|examples|magnate|scripts|tests)/[\w./-]+)(?:::\w+)*")
MODULE = re.compile(r"magnate(?:\.[A-Za-z_]\w*)+")
VARIABLE = re.compile(rf"\b{PREFIX}[A-Z_]+\b")
INSTALL = re.compile(r"\b(?:pip|pipx|uv tool) install ([^|;&#]*)")
EXTRA = re.compile(r"\.\[([\w,-]+)\]")
BARE = re.compile(r"(?:\$ )?(pytest|mypy|ruff|mkdocs|python)\b(?= )")

FILES = {"magnate.service", "magnate.sqlite3", "magnate.toml"}
"""What looks like a module and is a file."""


class Line(NamedTuple):
    """A line of a document."""

    file: Path
    number: int
    text: str
    is_code: bool
    """Whether it stands in a fenced block."""

    def fault(self, message: str) -> str:
        return f"{self.file.relative_to(ROOT)}:{self.number}: {message}"

    def code(self) -> list[str]:
        """Return what is code in the line: all of it in a fenced block, else what stands in backticks."""
        return [self.text] if self.is_code else CODE.findall(self.text)


def documents() -> list[Path]:
    """Return the Markdown files that git knows or would add."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.md"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [path for name in listed.stdout.splitlines() if (path := ROOT / name).exists()]


def read(file: Path) -> Iterator[Line]:
    """Yield the lines of a document, those that open and close a fenced block left out."""
    fenced = False
    for number, text in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        if FENCE.match(text):
            fenced = not fenced
        else:
            yield Line(file, number, text, fenced)


@cache
def anchors(file: Path) -> frozenset[str]:
    """Return the anchors that GitHub makes of a document's headings."""
    headings = (HEADING.match(line.text) for line in read(file) if not line.is_code)
    titles = (re.sub(r"[^\w\- ]", "", heading[1].strip().lower()) for heading in headings if heading)
    return frozenset(title.replace(" ", "-") for title in titles)


def link_faults(line: Line) -> Iterator[str]:
    if line.is_code:
        return
    for link in LINK.findall(line.text):
        name, _, anchor = link.partition("#")
        if ":" in name:
            continue
        target = (line.file.parent / name).resolve() if name else line.file
        if not target.exists():
            yield line.fault(f"link to {link}, which is not there")
        elif anchor and target.suffix == ".md" and anchor not in anchors(target):
            yield line.fault(f"link to {link}, but there is no such heading")


def command_faults(line: Line) -> Iterator[str]:
    for code in line.code():
        for verb, rest in VERB.findall(code):
            if verb not in COMMANDS:
                yield line.fault(f"magnate {verb}: there is no such verb")
                continue
            for option in OPTION.findall(rest):
                if option not in options(verb):
                    yield line.fault(f"magnate {verb}: there is no option {option}")
        for target in MAKE.findall(code):
            if target not in make_targets():
                yield line.fault(f"make {target}: there is no such target")
        for commands in DEV.findall(code):
            for command in commands.split("|"):
                if not callable(getattr(dev, command.replace("-", "_"), None)):
                    yield line.fault(f"scripts/dev.py {command}: there is no such command")


def place_faults(line: Line) -> Iterator[str]:
    """Yield what is named in code and is not in the repository."""
    for code in line.code():
        for variable in VARIABLE.findall(code):
            if variable not in variables():
                yield line.fault(f"{variable}: there is no such variable")
        if line.is_code:
            continue
        path = PATH.fullmatch(code)
        if path and "NAME" not in code and ("." in path[1] or code.endswith("/")) and not (ROOT / path[1]).exists():
            yield line.fault(f"{path[1]} is not there")
        if MODULE.fullmatch(code) and not exists(code):
            yield line.fault(f"{code} cannot be imported")


def install_faults(line: Line) -> Iterator[str]:
    """Yield what somebody who copies a command could not run."""
    for code in line.code():
        for what in INSTALL.findall(code):
            if re.search(r"(?:^|[\s'\"])magnate\b", what):
                yield line.fault("no index has magnate: install it from a clone, as `.`")
            for extra in (name for names in EXTRA.findall(what) for name in names.split(",")):
                if extra not in extras():
                    yield line.fault(f"there is no extra {extra}")
        if bare := BARE.match(code):
            yield line.fault(f"{bare[1]} is not on PATH after `make demo`: write .venv/bin/{bare[1]}")


@cache
def exists(name: str) -> bool:
    """Return whether `magnate.…` is a module, or a name in one."""
    if ".".join(name.split(".")[:2]) in FILES:
        return True
    module, found = "magnate", import_module("magnate")
    thing: object = found
    for part in name.split(".")[1:]:
        module = f"{module}.{part}"
        if not hasattr(thing, part):
            try:
                import_module(module)
            except ImportError:
                return False
        thing = getattr(thing, part)
    return True


@cache
def variables() -> frozenset[str]:
    """Return the environment variables that Magnate reads."""
    settings = {PREFIX + name.upper() for name in setting_types()}
    return frozenset({*settings, *OTHER_VARIABLES, TRACEBACK_VARIABLE})


@cache
def extras() -> frozenset[str]:
    """Return the extras that `pyproject.toml` declares."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return frozenset(project["optional-dependencies"])


@cache
def make_targets() -> frozenset[str]:
    return frozenset(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))


@cache
def options(verb: str) -> frozenset[str]:
    """Return the long options of a verb and of the commands below it."""
    found = {"--help"}
    todo = [typer.main.get_command(import_module(COMMANDS[verb].module).app)]
    while todo:
        command = todo.pop()
        for parameter in command.params:
            found.update([*parameter.opts, *parameter.secondary_opts])
        todo.extend(getattr(command, "commands", {}).values())
    return frozenset(found)


def verb_faults(lines: list[Line]) -> Iterator[str]:
    shown = {verb for line in lines for code in line.code() for verb, _ in VERB.findall(code)}
    for verb, (module, help) in COMMANDS.items():
        if verb not in shown:
            yield f"magnate {verb}: no document shows it"
        own = typer.main.get_command(import_module(module).app).help or ""
        if own.strip().partition("\n")[0] != help:
            yield f"magnate {verb}: `magnate --help` says {help!r}, its own help starts with {own.strip()!r}"


def main() -> int:
    lines = [line for file in documents() for line in read(file)]
    checks = (link_faults, command_faults, place_faults, install_faults)
    faults = [fault for line in lines for check in checks for fault in check(line)]
    faults += verb_faults(lines)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
