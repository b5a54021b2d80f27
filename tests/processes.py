"""What tests start: it takes signals as in a terminal, and ends with the run that started it, however that run ends.

Both hold for every process below a run, whoever starts it and by whatever call, so no test has to remember them.
"""

import os
import select
import signal
import subprocess
import sys
import time
import uuid
from pathlib import Path

MARK = "TESTS_STARTED_BY"
"""The environment variable by which the processes below a run are known; its value is the run's."""


def take_signals() -> None:
    """Let what is started take every signal that this process ignores.

    A process started by a script's background job or by `nohup` ignores SIGINT or SIGHUP, and so does whatever it
    starts: an ignored signal is inherited, a handled one is not. So it is handled here, by doing nothing.
    """
    for name in ("SIGINT", "SIGHUP", "SIGQUIT", "SIGTERM", "SIGTSTP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, lambda *_: None)


def end_with_this_process() -> None:
    """Mark what this process starts from now on, and start a watcher that ends the marked when this process is gone."""
    if sys.platform != "linux":
        return
    value = uuid.uuid4().hex
    # It has a session of its own, so that what ends the run does not end it, and no mark, not even one of a run that
    # started this one: it must outlive this process.
    subprocess.Popen(
        [sys.executable, "-I", "-S", __file__, str(os.getpid()), value],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        env={name: word for name, word in os.environ.items() if name != MARK},
    ).returncode = 0  # nobody waits for it, and Popen need not warn of that
    os.environ[MARK] = value


def wait_for_end(pid: int, seconds: float | None = None) -> bool:
    """Wait until a process that need not be a child has ended; return whether it has."""
    try:
        handle = os.pidfd_open(pid)
    except ProcessLookupError:
        return True
    try:
        return bool(select.select([handle], [], [], seconds)[0])
    finally:
        os.close(handle)


def end_marked(value: str) -> None:
    """Kill every process that was started with this mark, and what those start meanwhile."""
    wanted = f"{MARK}={value}".encode()
    while [each for each in Path("/proc").glob("[0-9]*") if _ended(each, wanted)]:
        time.sleep(0.02)


def _ended(process: Path, wanted: bytes) -> bool:
    """Kill a process if it is marked; return whether it was."""
    try:
        # First the handle: by the time of the kill the number may be another process's.
        handle = os.pidfd_open(int(process.name))
    except OSError:
        return False
    try:
        if wanted not in (process / "environ").read_bytes().split(b"\0"):
            return False
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    except OSError:
        return False
    finally:
        os.close(handle)
    return True


if __name__ == "__main__":
    wait_for_end(int(sys.argv[1]))
    end_marked(sys.argv[2])
