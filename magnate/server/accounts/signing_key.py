"""The secret that signs tokens: from the environment, or a mode-600 file made at first start beside the database."""

import os
import secrets
import stat
from collections.abc import Mapping
from pathlib import Path

from magnate.server.config_sources import SECRET_VARIABLE
from magnate.server.errors import ConfigError

SHORTEST_KEY = 32
"""Fewest bytes of a signing key (RFC 7518, section 3.2: as long as the hash of HS256)."""


def key_file(database: Path) -> Path:
    """Return where the key of `database` lies: beside it, `magnate.sqlite3.key` for `magnate.sqlite3`."""
    return database.with_name(database.name + ".key")


def signing_key(environ: Mapping[str, str], database: Path) -> bytes:
    """Return the signing key; makes the key file (mode 600) when there is neither a variable nor a file.

    Raises:
        ConfigError: the key is too short, or its file cannot be read or made or is open to other users.
    """
    given = environ.get(SECRET_VARIABLE)
    if given is not None:
        return _long_enough(given.strip().encode(), SECRET_VARIABLE, "environment")
    path = key_file(database)
    try:
        if not path.exists():
            _make(path)
        mode = stat.S_IMODE(path.stat().st_mode)
        if os.name == "posix" and mode & 0o077:
            raise ConfigError("", str(path), f"has mode {mode:03o}, but a key must be yours alone; run chmod 600 on it")
        return _long_enough(path.read_bytes().strip(), "signing key", str(path))
    except OSError as error:
        raise ConfigError("signing key", str(path), f"cannot be read or made ({error.strerror})") from error


def _long_enough(key: bytes, name: str, origin: str) -> bytes:
    if len(key) < SHORTEST_KEY:
        raise ConfigError(name, origin, f"must have at least {SHORTEST_KEY} bytes, not {len(key)}")
    return key


def _make(path: Path) -> None:
    """Write a new key to `path`: whole or not at all, whoever else does the same at this moment."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    draft = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_hex(32).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass  # another process was quicker: its key is the key
    finally:
        draft.unlink(missing_ok=True)
