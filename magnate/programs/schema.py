"""The JSON Schema of all lines between Magnate and a program, made from the types."""

from typing import TypeAlias, cast

import msgspec

from magnate.programs.messages import MESSAGES

Json: TypeAlias = "dict[str, object]"


def document() -> Json:
    """Return one JSON Schema (2020-12) that every line satisfies, with each message under its name in `$defs`."""
    _, parts = msgspec.json.schema_components(MESSAGES, ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Magnate: the lines between Magnate and a program that is a bot",
        "anyOf": [{"$ref": f"#/$defs/{kind.__name__}"} for kind in MESSAGES],
        "$defs": {name: _plain(part) for name, part in sorted(parts.items())},
    }


def _plain(value: object) -> object:
    """Return a schema as plain data: tuples as lists, without OpenAPI's `discriminator`."""
    if isinstance(value, dict):
        return {key: _plain(part) for key, part in cast(Json, value).items() if key != "discriminator"}
    if isinstance(value, list | tuple):
        return [_plain(part) for part in value]
    return value
