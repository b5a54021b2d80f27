"""Many command lines at little cost: one warm process that forks for each, with the streams, limits and folder it asks.

`python -m tests.warm` is that process: it reads a `Case` a line and answers with the exit code.
"""

import codecs
import gc
import io
import json
import os
import pkgutil
import pwd
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from importlib import import_module
from pathlib import Path

FULL = "/dev/full"
BROKEN = "broken pipe"
"""As standard output: a pipe whose reader is gone."""


@dataclass(frozen=True)
class Case:
    """A command line and what it finds."""

    arguments: Sequence[str]
    folder: str
    environment: Mapping[str, str] = field(default_factory=dict)
    stdin: str | None = os.devnull
    """A file, or None for a descriptor that is not open; so are the next two."""
    stdout: str | None = "stdout"
    stderr: str | None = "stderr"
    encoding: str = "utf-8"
    files: int | None = None
    """How many descriptors may be open."""
    bytes: int | None = None
    """How large a file may become."""
    folder_gone: bool = False
    without_home: bool = False
    """Neither a variable nor the system's list of users names a home folder."""


@dataclass(frozen=True)
class Done:
    """How it ended."""

    code: int
    out: bytes
    err: str


class Warm:
    """The warm process."""

    def __init__(self) -> None:
        command = [sys.executable, "-m", "tests.warm"]
        self._process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)

    def run(self, case: Case) -> Done:
        """Run a command line to its end."""
        process, folder = self._process, Path(case.folder)
        assert process.stdin is not None
        assert process.stdout is not None
        for name in ("stdout", "stderr"):
            (folder / name).write_bytes(b"")
        print(json.dumps(asdict(case)), file=process.stdin, flush=True)
        code = int(process.stdout.readline())
        return Done(code, (folder / "stdout").read_bytes(), (folder / "stderr").read_text("utf-8", "replace"))

    def close(self) -> None:
        """End the process."""
        self._process.communicate()


def _serve() -> None:
    for module in pkgutil.walk_packages(import_module("magnate").__path__, "magnate."):
        if not module.name.endswith("__main__"):
            import_module(module.name)
    gc.collect()
    gc.freeze()  # a child that collects garbage need not copy all of this
    for line in sys.stdin:
        case = Case(**json.loads(line))
        child = os.fork()
        if not child:
            _become(case)
        print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)


def _become(case: Case) -> None:
    """Run the command line as a fresh interpreter would, and end this process."""
    code = 99
    try:
        _arrange(case)
        sys.argv = ["magnate", *case.arguments]
        from magnate.cli import main

        try:
            main()
        except SystemExit as done:
            code = done.code if isinstance(done.code, int) else 1
        # What the interpreter does at its end.
        try:
            sys.stdout.flush()
        except OSError:
            code = 120
    finally:
        os._exit(code)


def _arrange(case: Case) -> None:
    os.chdir(case.folder)
    reading, writing = os.pipe()
    os.close(reading)
    for descriptor, (name, file) in enumerate(
        (("stdin", case.stdin), ("stdout", case.stdout), ("stderr", case.stderr))
    ):
        os.close(descriptor)
        setattr(sys, name, None)
        setattr(sys, f"__{name}__", None)
        if file is None:
            continue
        if file == BROKEN:
            os.dup2(writing, descriptor)
        else:
            opened = os.open(file, os.O_RDWR if descriptor else os.O_RDONLY)
            if opened != descriptor:
                os.dup2(opened, descriptor)
                os.close(opened)
        raw = io.FileIO(descriptor, "w" if descriptor else "r", closefd=False)
        buffer = io.BufferedWriter(raw) if descriptor else io.BufferedReader(raw)
        errors = "backslashreplace" if descriptor == 2 else "strict"
        stream = io.TextIOWrapper(buffer, codecs.lookup(case.encoding).name, errors)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    os.close(writing)
    for name, value in case.environment.items():
        os.environ[name] = value
    if case.folder_gone:
        os.mkdir("gone")
        os.chdir("gone")
        os.rmdir("../gone")
    if case.bytes is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (case.bytes, case.bytes))
    if case.files is not None:
        resource.setrlimit(resource.RLIMIT_NOFILE, (case.files, case.files))
    if case.without_home:
        for name in [name for name in os.environ if name == "HOME" or name.startswith("XDG_")]:
            del os.environ[name]
        pwd.getpwuid = _nobody  # type: ignore[assignment]


def _nobody(uid: int, /) -> None:
    raise KeyError(uid)


if __name__ == "__main__":
    _serve()
