"""Files that are there as a whole or not at all, whatever happens while they are written."""

import os
import secrets
from pathlib import Path


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
