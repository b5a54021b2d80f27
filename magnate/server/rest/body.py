"""Reads the body of a REST request into its type, field by field, and writes answers as JSON."""

from typing import TypeVar
from urllib.parse import parse_qsl

import msgspec
import msgspec.inspect
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from magnate.protocol.reading import has_too_many_parts
from magnate.server.errors import InvalidFields

FORM = "application/x-www-form-urlencoded"
LONGEST_FORM = 4_096
"""In bytes. To read a form takes many times as long as JSON of that length."""
MOST_FORM_FIELDS = 20

BodyT = TypeVar("BodyT", bound=msgspec.Struct)


class Reply(Response):
    """A JSON answer; kept by no cache, since almost every one belongs to one user."""

    media_type = "application/json"

    def __init__(self, content: object, status: int = 200, headers: dict[str, str] | None = None) -> None:
        always = {"cache-control": "no-store", "x-content-type-options": "nosniff"}
        super().__init__(content, status, always | (headers or {}))

    def render(self, content: object) -> bytes:
        """Encode the answer, a typed struct or plain data."""
        return msgspec.json.encode(content)


async def read_body(request: Request, wanted: type[BodyT], limit: int) -> BodyT:
    """Return the body of `request` as `wanted`; JSON, or a form for clients that send one.

    Args:
        limit: longest body, in bytes.

    Raises:
        HTTPException: 413 when longer, 400 when it is no object.
        InvalidFields: fields are absent, of the wrong type or too long; all of them are named.
    """
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() == FORM:
        return _struct(_form(await _read_bytes(request, min(limit, LONGEST_FORM))), wanted)
    return _struct(_json(await _read_bytes(request, limit)), wanted)


async def _read_bytes(request: Request, limit: int) -> bytes:
    # Not Starlette's own limit, whose refusal is plain text. The connection ends: its rest would be read as a request.
    raw = bytearray()
    async for chunk in request.stream():
        raw += chunk
        if len(raw) > limit:
            raise HTTPException(413, f"The body is longer than {limit} bytes.", {"connection": "close"})
    return bytes(raw)


def _form(raw: bytes) -> dict[str, object]:
    try:
        return dict(parse_qsl(raw.decode(), keep_blank_values=True, max_num_fields=MOST_FORM_FIELDS))
    except ValueError:
        raise HTTPException(400, "The body is not a valid form.") from None


def _json(raw: bytes) -> dict[str, object]:
    if not raw.strip():
        return {}
    if has_too_many_parts(raw):
        raise HTTPException(400, "The body has too many parts.")
    try:
        data: object = msgspec.json.decode(raw)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise HTTPException(400, "The body is not valid JSON.") from None
    if not isinstance(data, dict):
        raise HTTPException(400, "The body must be a JSON object.")
    return data


def _struct(data: dict[str, object], wanted: type[BodyT]) -> BodyT:
    values: dict[str, object] = {}
    refused: dict[str, list[str]] = {}
    for field in msgspec.structs.fields(wanted):
        if field.encode_name not in data:
            if field.required:
                refused[field.encode_name] = ["This field is required."]
            continue
        try:
            values[field.name] = msgspec.convert(data[field.encode_name], field.type, strict=False)
        except msgspec.ValidationError:
            refused[field.encode_name] = [_complaint(data[field.encode_name], field.type)]
    if refused:
        raise InvalidFields(refused)
    return wanted(**values)


def _complaint(value: object, wanted: object) -> str:
    if value is None:
        return "This field may not be null."
    kind = msgspec.inspect.type_info(wanted)
    kinds = kind.types if isinstance(kind, msgspec.inspect.UnionType) else (kind,)
    for each in [each.type if isinstance(each, msgspec.inspect.Metadata) else each for each in kinds]:
        if isinstance(each, msgspec.inspect.IntType):
            is_whole = isinstance(value, int | float) and not isinstance(value, bool) and value == value // 1
            return "The number is too large or too small." if is_whole else "A valid integer is required."
        if isinstance(each, msgspec.inspect.StrType) and isinstance(value, str):
            return f"This field is too long. It must contain at most {each.max_length} characters."
    return "Not a valid string."
