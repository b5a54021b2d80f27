"""Files that are there as a whole or not at all, whatever happens while they are written."""

import errno
import os
import secrets
from pathlib import Path
from typing import BinaryIO, Final

LONGEST_SETTINGS: Final = 1_048_576
"""Bytes of a file that a person writes: a configuration, preferences, a position."""


def write_whole(file: Path, content: bytes, *, private: bool = False) -> None:
    """Write a file in one go, in place of one that is there; where that fails, nothing of it stays behind.

    Links stay: what they lead to is written. A device or a named pipe stays too, and gets the content.

    Args:
        file: Where to; its folder must be there.
        content: All of it.
        private: Nobody but its owner may read it, not for a moment.

    Raises:
        OSError: it cannot be written; what was there is as it was.
    """
    if file.exists() and not file.is_file():
        file.write_bytes(content)
        return
    file = file.resolve()
    unfinished = file.with_name(f"{file.name}.{secrets.token_hex(4)}.part")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(unfinished, flags, 0o600 if private else 0o666)
    try:
        with os.fdopen(descriptor, "wb") as opened:
            opened.write(content)
        unfinished.replace(file)
    except BaseException:
        unfinished.unlink(missing_ok=True)
        raise


def read_whole(file: Path, longest: int = LONGEST_SETTINGS) -> bytes:
    """Return all of a file that has at most `longest` bytes; of a longer or endless one no more is read.

    Raises:
        OSError: it cannot be read, or is longer (EFBIG).
    """
    with file.open("rb") as opened:
        return read_to_end(opened, str(file), longest)


def read_to_end(stream: BinaryIO, name: str, longest: int = LONGEST_SETTINGS) -> bytes:
    """Return what is left of a stream called `name`, as `read_whole` does of a file."""
    content = stream.read(longest + 1)
    if len(content) > longest:
        raise OSError(errno.EFBIG, f"longer than {longest:,} bytes", name)
    return content
