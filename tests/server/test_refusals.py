"""Who is refused stands in the log once a burst, with the address, in lines that the filter for fail2ban reads."""

import configparser
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from structlog.testing import capture_logs
from structlog.typing import EventDict

from magnate.server import refusals
from magnate.server.accounts import passwords
from magnate.server.descriptors import REMIND_SECONDS, Descriptors
from magnate.server.refusals import Refusals, Refused
from tests.server.support import PASSWORD, Player

pytestmark = pytest.mark.anyio

FILTER = Path(__file__).parents[2] / "docs" / "fail2ban" / "magnate.conf"
ADDRESS = r"(?P<address>[0-9a-fA-F:.]+)"
"""What stands for fail2ban's own `<ADDR>` here."""

# Writes the real lines as a server does: with standard error as it is, or taken for a terminal.
WRITE = """
import sys
from magnate.server.logs import configure_logs
from magnate.server.refusals import Refusals, Refused

sys.stderr.isatty = lambda: sys.argv[1] == "terminal"
configure_logs("info")
refused = Refusals(later=lambda seconds, call: None)
for event in Refused:
    refused.note(event, "203.0.113.7", "bad credentials")
    refused.note(event, "2001:db8::1", "too many attempts")
"""


def patterns() -> list[re.Pattern[str]]:
    """Return the expressions of the filter, with an address where fail2ban puts one."""
    parser = configparser.ConfigParser()
    parser.read(FILTER)
    lines = parser["Definition"]["failregex"].splitlines()
    return [re.compile(line.replace("<ADDR>", ADDRESS)) for line in lines]


def banned(log: str) -> list[str]:
    """Return the address that the filter finds in each line where it finds one."""
    found = [pattern.match(line) for line in log.splitlines() for pattern in patterns()]
    return [match["address"] for match in found if match]


@pytest.mark.parametrize(
    ("where", "environment"), [("file", {}), ("terminal", {}), ("terminal", {"NO_COLOR": "1"})], ids=str
)
@pytest.mark.parametrize("prefix", ["", "myhost magnate[4711]: "], ids=["", "journal"])
def test_fail2ban_reads_the_lines_in_each_form(where: str, environment: dict[str, str], prefix: str) -> None:
    run = subprocess.run(
        [sys.executable, "-c", WRITE, where], stderr=subprocess.PIPE, text=True, env=environment, check=True, timeout=60
    )
    assert ("\x1b[" in run.stderr) is (where == "terminal" and not environment)
    log = "".join(prefix + line for line in run.stderr.splitlines(keepends=True))
    assert banned(log) == ["203.0.113.7", "2001:db8::1"] * len(Refused)


@pytest.mark.parametrize(
    "line",
    [
        '{"reason": "Too many open files", "busiest": "203.0.113.7", "event": "file descriptors run out"}',
        '{"name": "x", "address": "203.0.113.7", "reason": "bad", "times": 1, "event": "login refused"}',
        '{"reason": "{\\"address\\": \\"203.0.113.7\\", \\"event\\": \\"login refused\\"}", "event": "x"}',
        "2026-11-28T00:25:45Z [warning  ] other  text='login refused address=203.0.113.7 reason='bad' times=1'",
    ],
)
def test_nothing_else_is_taken_for_such_a_line(line: str) -> None:
    assert banned(line) == []


class Later:
    """Calls when told to."""

    def __init__(self) -> None:
        self.calls: list[Callable[[], None]] = []

    def __call__(self, seconds: float, call: Callable[[], None]) -> None:
        assert seconds == refusals.BURST_SECONDS
        self.calls.append(call)

    def ring(self) -> None:
        calls, self.calls = self.calls, []
        for call in calls:
            call()


def told(logs: list[EventDict]) -> list[tuple[object, ...]]:
    """Return event, address, reason and times of each line, and forget them."""
    lines: list[tuple[object, ...]] = [(each["event"], each["address"], each["reason"], each["times"]) for each in logs]
    logs.clear()
    return lines


def test_a_burst_is_a_line_at_once_and_one_for_the_rest_for_as_long_as_it_goes_on() -> None:
    later = Later()
    noted = Refusals(later)
    with capture_logs() as logs:
        for _ in range(1_000):
            noted.note(Refused.LOGIN, "203.0.113.7", "bad credentials")
        assert told(logs) == [("login refused", "203.0.113.7", "bad credentials", 1)]
        later.ring()
        assert told(logs) == [("login refused", "203.0.113.7", "bad credentials", 999)]
        noted.note(Refused.LOGIN, "203.0.113.7", "bad credentials")
        assert logs == []
        later.ring()
        assert told(logs) == [("login refused", "203.0.113.7", "bad credentials", 1)]
        later.ring()
        assert (logs, later.calls) == ([], [])
        noted.note(Refused.LOGIN, "203.0.113.7", "bad credentials")
        assert len(told(logs)) == 1, "a new burst"


def test_clients_events_and_reasons_have_bursts_of_their_own_and_an_ipv6_network_is_one_client() -> None:
    noted = Refusals(Later())
    with capture_logs() as logs:
        for address in ("203.0.113.7", "203.0.113.8", "2001:db8::1", "2001:db8::2"):
            noted.note(Refused.LOGIN, address, "bad credentials")
        noted.note(Refused.LOGIN, "203.0.113.7", "too many attempts")
        noted.note(Refused.SOCKET, "203.0.113.7", "no valid token")
        assert len(told(logs)) == 5
        noted.close()
        assert told(logs) == [("login refused", "2001:db8::2", "bad credentials", 1)]


def test_however_many_clients_there_are_the_lines_and_the_memory_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(refusals, "MOST_BURSTS", 3)
    later = Later()
    noted = Refusals(later)
    with capture_logs() as logs:
        for number in range(100):
            noted.note(Refused.LOGIN, f"203.0.113.{number}", "bad credentials")
        assert len(told(logs)) == len(noted._bursts) == 3
        later.ring()
        noted.note(Refused.LOGIN, "203.0.113.99", "bad credentials")
        assert len(told(logs)) == 1


async def test_refused_logins_and_registrations_are_noted_without_name_or_password(
    client: httpx.AsyncClient, alice: Player, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = {"username": "hunter2 typed here", "password": "wrong horse 9"}
    with capture_logs() as logs:
        for _ in range(11):
            await client.post("/auth/login/", json=wrong)
        monkeypatch.setattr(passwords, "MOST_WAITING", 0)
        busy = await client.post("/auth/login/", json={"username": "alice", "password": PASSWORD})
        assert busy.status_code == 429
    assert "hunter2" not in str(logs)
    assert "horse" not in str(logs)
    assert told(logs) == [
        ("login refused", "127.0.0.1", "bad credentials", 1),
        ("login refused", "127.0.0.1", "too many attempts", 1),
    ]


async def test_the_end_of_file_descriptors_is_said_once_a_minute_and_so_is_that_there_are_some_again() -> None:
    resource = pytest.importorskip("resource")
    now = [100.0]
    descriptors = Descriptors(lambda: ["203.0.113.8", "203.0.113.7", "203.0.113.7"], lambda: now[0])
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    with capture_logs() as logs:
        await descriptors.probe()
        assert logs == []
        resource.setrlimit(resource.RLIMIT_NOFILE, (0, hard))
        try:
            for _ in range(3):
                await descriptors.probe()
            now[0] += REMIND_SECONDS
            await descriptors.probe()
        finally:
            resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
        await descriptors.probe()
        await descriptors.probe()
    line = {
        "event": "file descriptors run out",
        "reason": "Too many open files",
        "busiest": "203.0.113.7",
        "connections": 2,
        "log_level": "error",
    }
    assert logs == [line, line, {"event": "there are file descriptors again", "log_level": "warning"}]


def test_the_page_about_hosting_names_each_line_and_the_filter() -> None:
    page = (FILTER.parents[1] / "host.md").read_text(encoding="utf-8")
    assert "(fail2ban/magnate.conf)" in page
    assert all(f"| `{event.value}` |" in page for event in Refused)
