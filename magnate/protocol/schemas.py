"""JSON Schemas of every message, made from the types.

They describe what the server sends, and what clients should send; what the server reads beyond that (digits for
numbers and the like) stands in `magnate.protocol.reading`.
"""

from typing import TypeAlias, cast

import msgspec

from magnate.protocol.catalogue import ACTIONS, RESPONSES, MessageType, message_types

Json: TypeAlias = "dict[str, object]"


def components(template: str = "#/components/schemas/{name}") -> dict[str, Json]:
    """Return the schema of every message and of its parts by name, referring to each other by `template`."""
    kinds = (*message_types(), *ACTIONS, *RESPONSES)
    _, schemas = msgspec.json.schema_components(kinds, ref_template=template)
    return {name: cast(Json, _plain(schema)) for name, schema in sorted(schemas.items())}


def schema(kind: MessageType) -> Json:
    """Return the JSON Schema (2020-12) of one message, whole in itself."""
    return cast(Json, _plain(msgspec.json.schema(kind)))


def _plain(value: object) -> object:
    """Return a schema as plain data: tuples as lists, without OpenAPI's `discriminator`."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in value.items() if key != "discriminator"}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value
