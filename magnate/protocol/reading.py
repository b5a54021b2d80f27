"""Reading what clients send: lenient where real clients differ, and never an exception (protocol: Actions, Errors).

- A whole number may also be a string of digits (`"005"` is 5) or a float without a fraction (`5.0`, as engines whose
  only number is the float write it); true and false are no numbers, and 0 and 1 are no truths.
- null is the same as absent; of a key that stands twice the last counts; unknown keys are ignored.
"""

import re
from collections.abc import Container
from functools import cache
from typing import Final, TypeVar

import msgspec
from msgspec import Struct, inspect

from magnate.protocol.refusal import Refusal, invalid_data
from magnate.protocol.values import LARGEST

T = TypeVar("T", bound=Struct)

MAX_DIGITS: Final = 16
"""Digits of the longest string that is read as a number."""

MOST_PARTS: Final = 1024
"""Objects and lists that a text from a client may have. Opening brackets are counted, also those in its strings."""

MOST_COMMAS: Final = 2048
"""Commas that a text from a client may have, and so about as many values; those in its strings are counted too."""

_DECODER: Final = msgspec.json.Decoder()
_WHERE: Final = re.compile(r"(?P<what>.*) - at `\$\.?(?P<field>[^`]*)`")
_MISSING: Final = re.compile(r"Object missing required field `(?P<field>[^`]*)`")


def parse_object(frame: str | bytes) -> dict[str, object] | None:
    """Return the JSON object in a text frame, or None: other JSON, no JSON, too many parts, or a binary frame."""
    if isinstance(frame, bytes) or has_too_many_parts(frame):
        return None
    try:
        value = _DECODER.decode(frame)
    except (ValueError, RecursionError):  # msgspec's errors and those of lone surrogates are ValueErrors
        return None
    return value if isinstance(value, dict) else None


def has_too_many_parts(text: str | bytes) -> bool:
    """Tell whether a JSON text has more objects and lists than `MOST_PARTS`, or more values than `MOST_COMMAS` part.

    They are what costs: a string takes microseconds whatever its length, and thousands of them milliseconds. Making
    thousands of objects also has Python look for garbage among all that there is.
    """
    if len(text) <= MOST_PARTS:
        return False
    if isinstance(text, bytes):
        return text.count(b",") > MOST_COMMAS or text.count(b"[") + text.count(b"{") > MOST_PARTS
    return text.count(",") > MOST_COMMAS or text.count("[") + text.count("{") > MOST_PARTS


def read_fields(fields: dict[str, object], kind: type[T], but: Container[str] = ()) -> T | Refusal:
    """Return the message of class `kind` with those fields, or the refusal that names the one at fault.

    Only the fields of that class are looked at, without those of `but`, and of a list no more than it may hold.
    """
    present: dict[str, object] = {}
    for name, reading in _readings(kind):
        value = fields.get(name)
        if value is None or name in but:
            continue
        if reading.is_whole:
            value = as_whole(value)
        elif reading.most_whole and isinstance(value, list):
            value = [as_whole(each) for each in value[: reading.most_whole + 1]]
        present[name] = value
    try:
        return msgspec.convert(present, kind)
    except msgspec.ValidationError as error:
        return _refuse(str(error))


def as_whole(value: object) -> object:
    """Return the whole number that a string of digits or a float without a fraction means, else `value` as it is."""
    if isinstance(value, str):
        return int(value) if len(value) <= MAX_DIGITS and value.isascii() and value.isdigit() else value
    if isinstance(value, float) and value.is_integer() and abs(value) <= LARGEST:
        return int(value)
    return value


class _Reading(Struct, frozen=True):
    """How a field is read: as a whole number, as a list of at most so many of them, or as it is."""

    is_whole: bool
    most_whole: int


@cache
def _readings(kind: type[Struct]) -> tuple[tuple[str, _Reading], ...]:
    """Return the names of the fields of a class, and how each is read."""
    info = inspect.type_info(kind)
    assert isinstance(info, inspect.StructType)
    return tuple((field.encode_name, _Reading(_is_whole(field.type), _most_whole(field.type))) for field in info.fields)


def _most_whole(kind: inspect.Type) -> int:
    if isinstance(kind, inspect.Metadata):
        return _most_whole(kind.type)
    return (kind.max_length or 0) if isinstance(kind, inspect.VarTupleType) and _is_whole(kind.item_type) else 0


def _is_whole(kind: inspect.Type) -> bool:
    if isinstance(kind, inspect.Metadata):
        return _is_whole(kind.type)
    if isinstance(kind, inspect.UnionType):
        return any(_is_whole(part) for part in kind.types)
    return isinstance(kind, inspect.IntType)


def _refuse(error: str) -> Refusal:
    """Return msgspec's error as a refusal: `Expected `int`, got `bool` - at `$.square`` names the field last."""
    missing = _MISSING.match(error)
    if missing is not None:
        return invalid_data(missing["field"], "is missing")
    found = _WHERE.match(error)
    assert found is not None, error
    return invalid_data(found["field"], found["what"].replace("`", "").replace("Expected", "expected", 1))
