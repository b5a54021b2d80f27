#!/usr/bin/env python3
"""Everything a developer runs: `python3 scripts/dev.py demo|test|test-all|check|bench|fast`, standard library alone.

Makes its own environment in `.venv` and installs the project in it with uv, which pip brings first where it is missing;
where uv cannot, pip installs everything. It shows each command before it runs. The demo installs what users get, the
other commands add what developers need. The environment stays as long as `pyproject.toml` does, so the second run needs
no network.
"""

import argparse
import hashlib
import importlib.metadata
import json
import os
import queue
import shlex
import shutil
import subprocess
import sys
import threading
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = str(BIN / ("python.exe" if os.name == "nt" else "python"))
STAMP = VENV / "magnate-installed"

UV = "uv>=0.5"
USERS, DEVELOPERS = ".", ".[dev]"
"""What is installed: the project with what runs, or with what checks it too."""

OLDEST_PYTHON = (3, 11)
ENGINE_COVERAGE = 100
OTHER_COVERAGE = 90
"""The least share of branches and lines that tests must reach, in percent."""

ENGINE = "magnate/engine/*"

WORKERS = min(8, 2 * (os.cpu_count() or 1))
"""Processes that share the tests. A test of a screen or a server waits as long as it works, so two keep a core busy."""

TESTS_FAILED = 1
"""What pytest exits with when tests were run and some failed."""
SILENT_MINUTES = 20.0
"""How long a run of the tests may say nothing. What a single test may take stands in `pyproject.toml`; it is less."""
TOOK_TOO_LONG = 124
"""The exit code of a command that was ended for its silence."""


def run(
    *command: str, env: Mapping[str, str] | None = None, silent_minutes: float | None = None, whole: bool = False
) -> int:
    """Show a command, run it at the root of the project, and return its exit code.

    With `silent_minutes` it is ended when it prints nothing for as long; while it gets on it may take its time. With
    `whole` what it says is shown in one piece when it is done, so that others may run beside it.
    """
    shown = "$ " + shlex.join(os.path.relpath(word, ROOT) if word.startswith(str(ROOT)) else word for word in command)
    environment = {**os.environ, **(env or {})}
    if whole:
        done = subprocess.run(
            command,
            cwd=ROOT,
            env=environment,
            check=False,
            text=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        say(f"{shown}\n{done.stdout}".rstrip("\n"))
        return done.returncode
    say(shown)
    try:
        if silent_minutes is None:
            return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode
        with subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) as process:
            if not pass_on(process, 60 * silent_minutes):
                process.kill()
                say(f"That said nothing for {silent_minutes:g} minutes, and was ended.")
                return TOOK_TOO_LONG
        return process.returncode
    except KeyboardInterrupt:
        return 130


def pass_on(process: "subprocess.Popen[bytes]", silent_seconds: float) -> bool:
    """Print what a process says until it ends; return False as soon as it says nothing for that long."""
    said: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def read() -> None:
        assert process.stdout is not None
        while words := os.read(process.stdout.fileno(), 4096):
            said.put(words)
        said.put(b"")

    threading.Thread(target=read, daemon=True).start()
    while True:
        try:
            words = said.get(timeout=silent_seconds)
        except queue.Empty:
            return False
        if not words:
            return True
        sys.stdout.buffer.write(words)
        sys.stdout.flush()


def say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


# The environment


def fingerprint() -> str:
    """Return what the installed environment depends on: the Python that runs this, and `pyproject.toml`."""
    project = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    return f"{sys.version_info.major}.{sys.version_info.minor} {project}"


def prepare(project: str = DEVELOPERS) -> int:
    """Make the environment and install the project in it, unless that or more is done; return an exit code."""
    wanted = fingerprint()
    done = STAMP.read_text() if Path(PYTHON).exists() and STAMP.exists() else ""
    if done in (f"{wanted} {project}", f"{wanted} {DEVELOPERS}"):
        return 0
    if same_python():
        say("The environment .venv is to be brought up to date.")
    elif code := make_environment():
        return code
    if code := install("--editable", project):
        say("Installing failed (see above). Magnate needs the network for this once; run the same command again.")
        return code
    STAMP.write_text(f"{wanted} {project}")
    return 0


def same_python() -> bool:
    """Say whether `.venv` is there and of the version of Python that runs this."""
    if not Path(PYTHON).exists():
        return False
    question = "import sys; print(sys.version_info[:2])"
    answer = subprocess.run([PYTHON, "-c", question], capture_output=True, text=True, check=False).stdout
    return answer.strip() == str(sys.version_info[:2])


def make_environment() -> int:
    if uv := shutil.which("uv"):
        return run(uv, "venv", "--quiet", "--clear", "--seed", "--python", sys.executable, str(VENV))
    without = ("--without-pip",) if installs_elsewhere() else ()
    return run(sys.executable, "-m", "venv", "--clear", *without, str(VENV))


def install(*what: str) -> int:
    """Install with uv, which takes a third of pip's time, its own installation included; with pip where uv cannot."""
    if uv := shutil.which("uv") or own_uv():
        if not run(uv, "pip", "install", "--quiet", "--python", PYTHON, *what, env=uv_settings()):
            return 0
        say("uv could not install that; pip tries.")
    return pip_install(*what)


def own_uv() -> str | None:
    """Return the uv in `.venv`, brought there by pip if need be; None where pip cannot."""
    path = BIN / ("uv.exe" if os.name == "nt" else "uv")
    return str(path) if path.exists() or not pip_install("--only-binary=uv", UV) else None


def uv_settings() -> dict[str, str]:
    """Return what uv must be told of what pip knows already: the index."""
    index = os.environ.get("PIP_INDEX_URL", "")
    if not index:
        asked = (sys.executable, "-m", "pip", "config", "get", "global.index-url")
        index = subprocess.run(asked, capture_output=True, text=True, check=False).stdout.strip()
    return {"UV_DEFAULT_INDEX": index} if index else {}


def pip_install(*what: str) -> int:
    pip = (sys.executable, "-m", "pip", "--python", PYTHON) if installs_elsewhere() else (PYTHON, "-m", "pip")
    # Python compiles what it imports, and what the demo installs is mostly not imported. The variable, unlike the
    # flag, is also for what builds the project.
    env = {"PIP_NO_COMPILE": "1", "PIP_DISABLE_PIP_VERSION_CHECK": "1"}
    return run(*pip, "install", "--quiet", *what, env=env)


def installs_elsewhere() -> bool:
    """Say whether this Python has a pip that installs in another environment, where making one takes seconds."""
    try:
        version = importlib.metadata.version("pip")
    except importlib.metadata.PackageNotFoundError:
        return False
    return tuple([int(number) for number in version.split(".")[:2] if number.isdecimal()]) >= (22, 3)


# The commands


def demo(options: argparse.Namespace) -> int:
    """Play a few games between bots and print the table."""
    return run(PYTHON, "-m", "magnate", "simulate", *options.rest)


def test(options: argparse.Namespace) -> int:
    """Run the tests in parallel, all but the long sweeps, or those that pytest's arguments name."""
    if options.rest:
        return run(PYTHON, "-m", "pytest", *options.rest)
    return run_tests(measured=bool(os.environ.get("CI")))


def test_all(options: argparse.Namespace) -> int:
    """Run all tests, the long sweeps and random tests in full among them, and measure coverage."""
    return run_tests(*options.rest, full=True, measured=True)


def run_tests(*chosen: str, full: bool = False, measured: bool = False) -> int:
    """Run tests in parallel and return pytest's exit code.

    To measure coverage takes most of the time again, so CI measures it in its first run alone, by which it judges.
    """
    pytest = (PYTHON, "-m", "pytest", "--quiet", *(("--color=yes",) if sys.stdout.isatty() else ()))
    parallel = (f"--numprocesses={WORKERS}", "--dist=loadfile")
    env = {"FULL_TESTS": "1"} if full else {}
    cov = ("--cov", "--cov-report=") if measured and not compiled_files() else ()
    code = run(*pytest, *parallel, *cov, *chosen, env=env, silent_minutes=SILENT_MINUTES)
    if code != TESTS_FAILED:
        return code
    # Dozens of real servers and clients share the machine in this run, and one may starve. What is wrong fails again.
    failed = last_failed()
    say("Tests failed while all ran at once. Those run once more, one at a time.")
    code = run(*pytest, "--last-failed", "--last-failed-no-failures=none", env=env, silent_minutes=SILENT_MINUTES)
    if passed := sorted(failed - last_failed()):
        say("Failed at first and passed alone; such a test waits for too little, or for the wrong thing:")
        for name in passed:
            say(f"  {name}")
    return code


def last_failed() -> set[str]:
    """Return the tests that have failed and not passed since, as pytest remembers them."""
    try:
        return set(json.loads((ROOT / ".pytest_cache/v/cache/lastfailed").read_text("utf-8")))
    except (OSError, ValueError):
        return set()


def check(options: argparse.Namespace) -> int:
    """Do all that CI does; every step runs, and the exit code is 1 when one of them failed."""
    if compiled_files():
        say("The engine is compiled, so coverage cannot be measured: run `python3 scripts/dev.py fast --off` first.")
        return 2
    module = (PYTHON, "-m")
    report = (*module, "coverage", "report")
    # The long ones first. Those that judge coverage come after the tests that measured it.
    steps: dict[str, tuple[str, ...]] = {
        "what users install": (*module, "scripts.check_installed"),
        "oldest and newest libraries": (*module, "scripts.check_versions"),
        "types": (*module, "mypy"),
        "site": (*module, "mkdocs", "build", "--strict", "--quiet"),
        "wheel": (*module, "scripts.check_wheel"),
        "docs": (*module, "scripts.check_docs"),
        "imports": (str(BIN / "lint-imports"), "--no-logo"),
        "lint": (*module, "ruff", "check", "."),
        "format": (*module, "ruff", "format", "--check", "."),
        "coverage of the engine": (*report, f"--include={ENGINE}", f"--fail-under={ENGINE_COVERAGE}"),
        "coverage of the rest": (*report, f"--omit={ENGINE}", f"--fail-under={OTHER_COVERAGE}"),
    }
    failed = []
    # After `make test` what it leaves out: the long sweeps, and the tests by random examples, of which it tries few.
    left_out = ("-m", "sweep or hypothesis") if options.after_test else ()
    if run_tests(*left_out, full=True, measured=not options.after_test):
        failed.append("tests")
    failed += run_side_by_side(steps)
    say(f"Failed: {', '.join(failed)}." if failed else "All checks passed.")
    return 1 if failed else 0


def run_side_by_side(steps: Mapping[str, tuple[str, ...]]) -> list[str]:
    """Run steps, one a core, show what each says when it is done, and return the names of those that failed."""
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        codes = list(pool.map(lambda command: run(*command, whole=True), steps.values()))
    return [name for name, code in zip(steps, codes, strict=True) if code]


def bench(options: argparse.Namespace) -> int:
    """Run the benchmarks, all or those that are named, and print their figures."""
    return run(PYTHON, "-m", "benchmarks", *options.rest)


def fast(options: argparse.Namespace) -> int:
    """Compile the engine with mypyc, in place and as a wheel in dist/ (needs a C compiler); --off goes back."""
    remove_compiled()
    if options.off:
        return run(PYTHON, "-m", "magnate", "version")
    # The hook and the modules it compiles stand in pyproject.toml. It compiles in place, then packs the wheel.
    hook = {"HATCH_BUILD_HOOK_ENABLE_MYPYC": "1"}
    code = run(PYTHON, "-m", "hatchling", "build", "--target", "wheel", "--directory", "dist", env=hook)
    if code:
        remove_compiled()
        say("Compiling failed (see above); the engine stays plain Python, which does the same, only slower.")
        return code
    return run(PYTHON, "-m", "magnate", "version")


def compiled_files() -> list[Path]:
    """Return the compiled modules in the tree."""
    return [
        path for ending in (".so", ".pyd") for path in [*ROOT.glob(f"*{ending}"), *ROOT.glob(f"magnate/**/*{ending}")]
    ]


def remove_compiled() -> None:
    for path in compiled_files():
        path.unlink()


def parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="scripts/dev.py", description="What a developer of Magnate runs.")
    commands = parser.add_subparsers(dest="command", required=True, metavar="demo|test|test-all|check|bench|fast")
    for command in (demo, test, test_all, check, bench, fast):
        text = (command.__doc__ or "").strip()
        name = command.__name__.replace("_", "-")
        sub = commands.add_parser(name, help=text, description=text)
        sub.set_defaults(run=command)
        if command is check:
            sub.add_argument(
                "--after-test",
                action="store_true",
                help="run only the tests that `test` leaves out, and judge the coverage that `test` has measured",
            )
        elif command is fast:
            sub.add_argument("--off", action="store_true", help="remove the compiled modules")
        else:
            sub.set_defaults(rest=[])
            sub.usage = f"%(prog)s [-h] [what {name} is handed on]"
    return parser


def main() -> int:
    options, rest = parser().parse_known_args()
    if rest and "rest" not in options:
        say(f"scripts/dev.py {options.command} takes no {shlex.join(rest)}; see --help")
        return 2
    options.rest = rest
    if sys.version_info < OLDEST_PYTHON:
        say(f"Magnate needs Python 3.11 or newer, this is {sys.version.split()[0]}: try make PYTHON=python3.13")
        return 2
    code = prepare(USERS if options.run is demo else DEVELOPERS) or options.run(options)
    return int(code)


if __name__ == "__main__":
    sys.exit(main())
