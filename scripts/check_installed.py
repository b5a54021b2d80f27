"""Build the wheel plain and compiled, install each where nothing else is, and do the main jobs with what is installed.

`python -m scripts.check_installed` exits with 1 and says what failed: the version, a simulation whose bytes and records
must be the same from both builds, the replay of a record, and a server where `examples/wire_bot.py` plays a whole game.
Then the tests of the engine, the messages, the bots and the simulation run on the compiled modules.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import venv
from pathlib import Path

from scripts.check_wheel import ROOT
from scripts.dev import TESTS_FAILED

UV = shutil.which("uv", path=os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]))
TESTS = ("tests/engine", "tests/protocol", "tests/bots", "tests/simulation")
SIMULATION = ("--games", "8", "--seed", "7", "--format", "json", "--quiet", "--record", "records", "--db", "results.db")
PASSWORD = "correct horse 9"
MOST_SECONDS = 900
"""How long a command may take; what hangs is ended."""


class Failed(Exception):
    """A job was not done as it should be; the text says which."""


def run(*command: object, folder: Path, **environment: str) -> str:
    """Run a command to its end and return what it printed.

    Raises:
        Failed: it ended with another exit code than 0, or not at all.
    """
    words = [str(word) for word in command]
    env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | environment
    try:
        done = subprocess.run(
            words, cwd=folder, env=env, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=MOST_SECONDS
        )
    except subprocess.TimeoutExpired as error:
        raise Failed(f"{' '.join(words)}: no end after {MOST_SECONDS} seconds") from error
    if done.returncode:
        raise Failed(f"{' '.join(words)}: exit code {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def copy_of_the_tree(folder: Path) -> Path:
    """Copy the files that git knows, as they are now: to compile leaves files beside the modules."""
    listed = run("git", "ls-files", folder=ROOT).splitlines()
    for name in listed:
        if (ROOT / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(ROOT / name, folder / name)
    return folder


def build(tree: Path, compiled: bool) -> Path:
    """Build the wheel of a tree and return its path."""
    hook = {"HATCH_BUILD_HOOK_ENABLE_MYPYC": "1"} if compiled else {}
    run(sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", "dist", folder=tree, **hook)
    (wheel,) = (tree / "dist").glob("*.whl")
    return wheel


def environment_with(folder: Path, *what: object, resolution: str = "highest") -> Path:
    """Make an environment with these packages alone, and return the folder of its programs."""
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    if UV:
        run(UV, "venv", "--quiet", "--python", sys.executable, folder, folder=folder.parent)
    else:
        venv.create(folder, with_pip=True)
    install(programs, *what, resolution=resolution)
    return programs


def install(programs: Path, *what: object, resolution: str = "highest") -> None:
    """Install packages in an environment."""
    if UV:
        to = ("--python", programs / "python", "--resolution", resolution)
        run(UV, "pip", "install", "--quiet", *to, *what, folder=programs)
    elif resolution == "highest":
        run(programs / "python", "-m", "pip", "install", "--quiet", *what, folder=programs)
    else:
        raise Failed("the oldest libraries can be chosen by uv alone: pip install uv")


def do_the_jobs(programs: Path, folder: Path, engine: str) -> dict[str, str]:
    """Do what users do with an installed Magnate, in an empty folder; return what must not depend on the build."""
    magnate = programs / "magnate"
    said = run(magnate, "version", folder=folder)
    if said.splitlines()[-1] != f"engine: {engine}":
        raise Failed(f"magnate version says {said!r}, where the engine should be {engine}")
    made = {"simulate": run(magnate, "simulate", *SIMULATION, folder=folder)}
    records = sorted((folder / "records").glob("*.jsonl"))
    if len(records) != 8:
        raise Failed(f"the simulation wrote {len(records)} records, not 8")
    made |= {record.name: record.read_text("utf-8") for record in records}
    made["replay"] = run(magnate, "replay", records[0], folder=folder)
    play_on_a_server(programs, folder)
    return made


def play_on_a_server(programs: Path, folder: Path) -> None:
    """Start a server, play a game to its end by the wire, and stop it."""
    settings = {"MAGNATE_BOT_DELAY": "0", "MAGNATE_LOG_LEVEL": "warning"}
    server = subprocess.Popen(
        [programs / "magnate", "serve", "--port", "0", "--db", folder / "server.db", "--stop-with-stdin"],
        cwd=folder,
        env={**os.environ, **settings},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdout is not None
    try:
        line = server.stdout.readline()
        found = re.search(r"http://\S+", line)
        if found is None:
            raise Failed(f"the server said {line!r}")
        shutil.copy(ROOT / "examples/wire_bot.py", folder)
        bot = [programs / "python", "wire_bot.py", "--server", found[0], "--user", "wirebot", "--register"]
        # Both streams: where a client does not understand what it is told, it connects again and again.
        said = run("sh", "-c", '"$@" 2>&1', "sh", *bot, "--bots", "easy,medium", folder=folder, BOT_PASSWORD=PASSWORD)
        if not re.search(r"^game \d+: (won|lost) ", said, re.MULTILINE) or "connection lost" in said:
            raise Failed(f"the bot on the wire said {said!r}")
    finally:
        server.terminate()
        code = server.wait(MOST_SECONDS)
        server.stdout.close()
        if server.stdin is not None:
            server.stdin.close()
    if code:
        raise Failed(f"the server ended with exit code {code}")


def main() -> int:
    """Check both builds; print what failed."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        made = {}
        try:
            for engine in ("pure Python", "compiled"):
                place = folder / engine.replace(" ", "_")
                tree = copy_of_the_tree(place / "tree")
                wheel = build(tree, engine == "compiled")
                (place / "work").mkdir()
                made[engine] = do_the_jobs(environment_with(place / "env", wheel), place / "work", engine)
                print(f"{engine}: {wheel.name} does all jobs", flush=True)
            plain, compiled = made.values()
            if differ := sorted(name for name in plain if plain[name] != compiled.get(name)):
                raise Failed(f"the two builds differ in: {', '.join(differ)}")
        except Failed as failed:
            print(failed, file=sys.stderr)
            return 1
        # The compiled modules lie beside the sources of that tree, too, and are found first.
        return run_tests(sys.executable, tree, *TESTS)


def run_tests(python: Path | str, tree: Path, *tests: str) -> int:
    """Run tests of a copy of the tree in parallel, and those that fail once more, alone; return pytest's exit code."""
    pytest = (python, "-m", "pytest", "--quiet")
    env = {**os.environ, "PYTHONPATH": str(tree)}
    parallel = ("--numprocesses=auto", "--maxprocesses=8", "--dist=loadfile")
    code = subprocess.run([*pytest, *parallel, *tests], cwd=tree, env=env).returncode
    if code != TESTS_FAILED:
        return code
    # A busy machine may starve one of the servers and clients that share it. What is wrong fails again.
    again = (*pytest, "--last-failed", "--last-failed-no-failures=none", *tests)
    return subprocess.run(again, cwd=tree, env=env).returncode


if __name__ == "__main__":
    sys.exit(main())
