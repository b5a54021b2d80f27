"""The OpenAPI 3.1 document of the REST side, made from the table of calls and the types of their answers."""

import re
from collections.abc import Iterator
from functools import cache
from http import HTTPStatus
from typing import TypeAlias

import msgspec

from magnate import __version__
from magnate.protocol.rest import Detail
from magnate.server.rest.calls import CALLS, Call

Json: TypeAlias = "dict[str, object]"

NUMBERS = frozenset({"pk", "id"})
"""Parameters of paths that are ids; the others are texts."""


@cache
def openapi_document() -> Json:
    """Return the document as plain data, ready to be encoded as JSON."""
    types = list(dict.fromkeys(_types()))
    schemas, components = msgspec.json.schema_components(types, ref_template="#/components/schemas/{name}")
    schema_of = {repr(each): schema for each, schema in zip(types, schemas, strict=True)}
    paths: dict[str, dict[str, object]] = {}
    for call in CALLS:
        paths.setdefault(call.path, {})[call.method.lower()] = _operation(call, schema_of)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Magnate",
            "version": __version__,
            "description": "The REST side of a Magnate server. The trailing slash of every path is optional.",
        },
        "paths": paths,
        "components": {
            "schemas": components,
            "securitySchemes": {"access": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"}},
        },
    }


def _types() -> Iterator[object]:
    for call in CALLS:
        if call.body is not None:
            yield call.body
        for answers in answers_of(call).values():
            yield from answers


def answers_of(call: Call) -> dict[int, tuple[object, ...]]:
    """Return the types of all answers by status, with those that any call may give."""
    answers = dict(call.answers)
    if call.needs_token:
        answers.setdefault(401, (Detail,))
    answers.setdefault(500, (Detail,))
    answers.setdefault(503, (Detail,))
    return answers


def _operation(call: Call, schema_of: dict[str, Json]) -> Json:
    operation: Json = {
        "operationId": getattr(call.handler, "__name__", call.path),
        "summary": call.summary,
        "responses": {
            str(status): _response(status, [schema_of[repr(each)] for each in answers])
            for status, answers in sorted(answers_of(call).items())
        },
    }
    if call.needs_token:
        operation["security"] = [{"access": []}]
    if call.body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": schema_of[repr(call.body)]}},
        }
    parameters = re.findall(r"{(\w+)}", call.path)
    if parameters:
        operation["parameters"] = [
            {
                "name": name,
                "in": "path",
                "required": True,
                "schema": {"type": "integer" if name in NUMBERS else "string"},
            }
            for name in parameters
        ]
    return operation


def _response(status: int, schemas: list[Json]) -> Json:
    response: Json = {"description": HTTPStatus(status).phrase}
    if schemas:
        schema = schemas[0] if len(schemas) == 1 else {"anyOf": schemas}
        response["content"] = {"application/json": {"schema": schema}}
    return response
