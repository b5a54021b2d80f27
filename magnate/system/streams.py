"""The three standard streams, made so that nothing that a user does to them ends in a traceback.

They may be closed, full, not there, or of an encoding that lacks half of the letters. What each of them does then is
decided here, once, for every verb.
"""

import io
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TextIO, TypeVar

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer, WriteableBuffer

T = TypeVar("T")

INPUT: Final = "standard input"
OUTPUT: Final = "standard output"
_ASCII: Final = "a\n"
REPLACED: Final = "\ufffd"
"""What stands in standard input for bytes that its encoding cannot read."""


def prepare() -> None:
    """Give this process three streams that can be used, whatever it was started with.

    Standard input has an end, and U+FFFD where a byte is none of its encoding. Standard output writes `?` for what its
    encoding lacks, and says in its errors which stream they are of. Standard error never fails: what nobody can read
    is dropped, as there is nowhere to say so. Streams that somebody else has put there (a test) stay.
    """
    for descriptor, flags in enumerate((os.O_RDONLY, os.O_RDONLY, os.O_WRONLY)):
        # Else the next file or socket would get this number. Output that is not there must fail: it would be lost.
        if not _is_open(descriptor):
            os.open(os.devnull, flags)
    _replace("stdin", _reading)
    _replace("stdout", lambda stream: _writing(stream, _Output(1, "w", closefd=False), "replace"))
    _replace("stderr", lambda stream: _writing(stream, _Talk(2, "w", closefd=False), "backslashreplace"))


class _Apart:
    """Standard output, where it is kept apart from what other people's code writes."""

    stream: TextIO | None = None


def keep_output_apart() -> None:
    """Let nothing reach standard output but what is written to `output()`.

    Other people's code may write to `sys.stdout` from a thread or at the exit, and to descriptor 1 from a child process
    or a library in C. From here on, for the rest of this process, all of that goes to standard error. A stream that
    somebody else has put there (a test) stays.
    """
    stream = sys.stdout
    if stream is not sys.__stdout__ or not isinstance(stream, io.TextIOWrapper) or stream.fileno() != 1:
        return
    stream.flush()
    _Apart.stream = io.TextIOWrapper(
        io.BufferedWriter(_Output(os.dup(1), "w")),
        stream.encoding,
        stream.errors,
        line_buffering=stream.line_buffering,
        write_through=stream.write_through,
    )
    give_output_up()


def give_output_up() -> None:
    """Have all that this process writes to standard output, in whatever way, go to standard error."""
    os.dup2(2, 1)
    for name in ("stdout", "__stdout__"):
        setattr(sys, name, sys.stderr)


def output() -> TextIO:
    """Return standard output; results go there, and to no other stream of that name."""
    return _Apart.stream or sys.stdout


def expect_data() -> None:
    """Write standard output in UTF-8 from here on, with `\\n` at the ends of lines: what follows is for programs."""
    stream = output()
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(encoding="utf-8", newline="\n")


def flush_output() -> None:
    """Write out what waits for standard output; where that fails, give it up: the interpreter must not try it again.

    Raises:
        OSError: it fails.
    """
    try:
        output().flush()
    except OSError:
        discard_output()
        raise


def discard_output() -> None:
    """Write what waits for standard output, and all that comes, to nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, output().fileno())
    os.close(nowhere)


class _Input(io.FileIO):
    """Standard input: its errors name it."""

    def readinto(self, buffer: "WriteableBuffer", /) -> int:
        return _named(INPUT, lambda: super(_Input, self).readinto(buffer))

    def readall(self) -> bytes:
        return _named(INPUT, super().readall)


class _Output(io.FileIO):
    """Standard output: its errors name it."""

    def write(self, data: "ReadableBuffer", /) -> int:
        return _named(OUTPUT, lambda: super(_Output, self).write(data))


class _Talk(io.FileIO):
    """Standard error: what it does not take is dropped."""

    def write(self, data: "ReadableBuffer", /) -> int:
        try:
            return super().write(data)
        except OSError:
            return memoryview(data).nbytes


def _named(name: str, call: Callable[[], T]) -> T:
    try:
        return call()
    except OSError as error:
        error.filename = name
        raise


def _is_open(descriptor: int) -> bool:
    try:
        os.fstat(descriptor)
    except OSError:
        return False
    return True


def _replace(name: str, make: Callable[[TextIO | None], TextIO]) -> None:
    """Put another stream in place of Python's own, under both of its names."""
    own = f"__{name}__"
    if getattr(sys, name) is getattr(sys, own):
        stream = make(getattr(sys, name))
        setattr(sys, name, stream)
        setattr(sys, own, stream)


def _reading(stream: TextIO | None) -> TextIO:
    if stream is None or _is_plain(stream):
        raw = io.BufferedReader(_Input(0, closefd=False))
        return io.TextIOWrapper(raw, _encoding(stream), "replace")
    return _forgiving(stream, "replace")


def _writing(stream: TextIO | None, raw: io.FileIO, errors: str) -> TextIO:
    if stream is None or _is_plain(stream):
        if isinstance(stream, io.TextIOWrapper) and stream.write_through:  # python -u, PYTHONUNBUFFERED
            return io.TextIOWrapper(raw, _encoding(stream), errors, write_through=True)
        lines = isinstance(raw, _Talk) or raw.isatty()
        return io.TextIOWrapper(io.BufferedWriter(raw), _encoding(stream), errors, line_buffering=lines)
    return _forgiving(stream, errors)


def _is_plain(stream: TextIO) -> bool:
    """Return whether a stream stands on a file descriptor alone; the console of Windows has a kind of its own."""
    buffer = getattr(stream, "buffer", None)
    return type(getattr(buffer, "raw", buffer)) is io.FileIO


def _encoding(stream: TextIO | None) -> str:
    """Return the encoding of a stream; UTF-8 where it has none, or one that changes ASCII (UTF-16, EBCDIC).

    Such an encoding, from PYTHONIOENCODING, is none that a terminal or another program speaks.
    """
    try:
        return stream.encoding if stream is not None and _ASCII.encode(stream.encoding) == _ASCII.encode() else "utf-8"
    except UnicodeError:
        return "utf-8"


def _forgiving(stream: TextIO, errors: str) -> TextIO:
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors=errors)
    return stream
