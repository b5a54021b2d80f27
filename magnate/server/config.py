"""Every setting of `magnate serve`, declared once: name, default, bounds and help.

A setting is a flag (`--turn-seconds`), an environment variable (`MAGNATE_TURN_SECONDS`) and a key of the TOML file
(`turn_seconds`); the first of these that is given counts, then the default. `magnate.server.config_sources` reads them.
This module imports nothing heavy, so that `--help` stays quick.
"""

# ruff: noqa: RUF009  (`setting` returns a dataclass field, which is what a default here should be)

import dataclasses
import ipaddress
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from magnate.system.folders import data_folder

LOG_LEVELS = ("debug", "info", "warning", "error")

T = TypeVar("T")


def setting(
    default: T, help: str, *, least: float | None = None, most: float | None = None, choices: tuple[str, ...] = ()
) -> T:
    """Declare a setting; `least` and `most` bound a number (both inclusive), `choices` lists what a text may be."""
    field: T = dataclasses.field(
        default=default, metadata={"help": help, "least": least, "most": most, "choices": choices}
    )
    return field


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings of one server. Counts and sizes are whole numbers; a name ends in the unit of its duration."""

    host: str = setting("127.0.0.1", "Address to listen on.")
    port: int = setting(8000, "Port to listen on; 0 lets the system choose.", least=0, most=65535)
    db: Path | None = setting(None, "SQLite file; by default magnate.sqlite3 in the user's data directory.")
    log_level: str = setting("info", "Least severe messages to log.", choices=LOG_LEVELS)
    allow_origin: tuple[str, ...] = setting((), "Browser origin to allow besides loopback (repeatable).")
    debug_commands: bool = setting(False, "Accept debug commands on game sockets; only on a loopback host.")

    web: bool = setting(True, "Hand out the page on which people play in a browser.")

    public_players: int = setting(2, "Players of a public game.", least=2, most=4)
    turn_seconds: float = setting(50.0, "Time limit of a phase; 0 means no limit.", least=0, most=86_400)
    auction_seconds: float = setting(20.0, "Time limit of an auction; 0 means no limit.", least=0, most=86_400)
    bot_delay: float = setting(
        1.0,
        "Seconds that a bot thinks before it acts: not before forced moves, and in a turn at most three times that.",
        least=0,
        most=60,
    )
    max_rounds: int = setting(30, "Rounds of a game; 0 means no limit.", least=0, most=100_000)
    points_least_rounds: int = setting(
        5, "Whole rounds that a game must last to bring points and move ratings whole.", least=0, most=100_000
    )
    points_full_rounds: int = setting(
        20,
        "Whole rounds of a game that brings all points; a shorter one brings its part.",
        least=1,
        most=100_000,
    )
    points_full_games: int = setting(
        3,
        "Games a day with an opponent that count in full; each more counts half.",
        least=1,
        most=100_000,
    )
    late_listener_ms: int = setting(
        300, "Milliseconds until browsers get the first state again; 0 is never.", least=0, most=60_000
    )

    max_frame_bytes: int = setting(65_536, "Longest WebSocket frame to accept.", least=1_024, most=16_777_216)
    frames_per_second: float = setting(
        200.0, "Frames per second that one socket can send over time.", least=0.1, most=1e6
    )
    frame_burst: int = setting(400, "Frames that one socket can send at once.", least=1, most=1_000_000)
    outbox_frames: int = setting(256, "Frames that may wait for a slow reader before it is dropped.", least=8)
    sockets_per_user: int = setting(10, "Open sockets of one user.", least=1)
    watchers_per_address: int = setting(
        50, "Open sockets of people who watch, from one address (IPv6: one /64).", least=1
    )
    sockets_total: int = setting(20_000, "Open sockets in all.", least=1)
    handshake_seconds: float = setting(10.0, "Time for a connection to finish its handshake.", least=0.1, most=3_600)
    idle_seconds: float = setting(60.0, "Silence after which a socket is closed.", least=1, most=86_400)
    compression: bool = setting(False, "Compress WebSocket frames (less traffic, more memory and CPU).")
    rooms_per_user: int = setting(5, "Private rooms that one user can have.", least=1)
    games_per_user: int = setting(20, "Running games that one user may be in.", least=1)
    games_per_minute: float = setting(30.0, "Games a minute that a user may begin for long.", least=0.01, most=1e6)
    games_burst: int = setting(40, "Games that a user may begin at once.", least=1, most=1_000_000)
    room_idle_seconds: float = setting(600.0, "Time until an empty private room is forgotten.", least=1)
    chat_length: int = setting(500, "Longest chat message, in characters.", least=1, most=10_000)
    chat_per_second: float = setting(
        2.0, "Chat messages a second that a user may send for long in one room or game.", least=0.01, most=1e6
    )
    chat_burst: int = setting(20, "Chat messages that a user may send at once in one room or game.", least=1)
    room_chat_per_second: float = setting(
        5.0, "Chat messages a second for long in one room or game, of all users together.", least=0.01, most=1e6
    )
    room_chat_burst: int = setting(40, "Chat messages at once in one room or game, of all users together.", least=1)

    max_body_bytes: int = setting(65_536, "Longest body of a REST request.", least=1_024, most=16_777_216)
    login_attempts_per_user: int = setting(
        10,
        "Failed logins for one name from one address in a window; a fifth of it while the name is attacked.",
        least=1,
    )
    login_attempts_per_address: int = setting(
        50, "Failed logins from one address (IPv6: one /64) in a window.", least=1
    )
    login_window_seconds: float = setting(300.0, "Length of the window for failed logins.", least=1, most=86_400)
    registrations_per_address: int = setting(300, "New users from one address (IPv6: one /64) in an hour.", least=1)
    guests: bool = setting(True, "Let people play without a password, as guests.")
    guests_per_address: int = setting(300, "New guests from one address (IPv6: one /64) in an hour.", least=1)
    guest_days: float = setting(30.0, "Days until a guest who stays away is forgotten.", least=0.001, most=3_650)
    access_minutes: float = setting(30.0, "Life of an access token.", least=0.01, most=1_440)
    refresh_days: float = setting(14.0, "Life of a refresh token and of the session cookie.", least=0.001, most=365)
    password_memory_kib: int = setting(19_456, "Memory of one password hash (argon2id), KiB.", least=64, most=4_194_304)
    password_passes: int = setting(2, "Passes of one password hash (argon2id).", least=1, most=100)

    commit_ms: float = setting(2.0, "Least time between two commits, so that actions share one.", least=0, most=1_000)
    stop_with_stdin: bool = setting(False, "Stop when standard input ends, for programs that start a server.")
    shutdown_seconds: float = setting(10.0, "Time to finish open requests when stopping.", least=0, most=600)

    @property
    def database(self) -> Path:
        """The SQLite file: `db`, or `magnate.sqlite3` in the user's data directory. Raises `NoHome` without one."""
        if self.db is not None:
            return self.db
        return data_folder() / "magnate.sqlite3"


DEFAULTS = Settings()


def is_loopback(host: str) -> bool:
    """Tell whether `host` (a name or an address) can only be reached from this machine."""
    if host.lower() == "localhost":
        return True
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return False
    mapped = getattr(address, "ipv4_mapped", None)
    return bool((mapped or address).is_loopback)
