"""Holds every answer that a test gets against the OpenAPI document."""

import re
from typing import Any

import httpx
from jsonschema import Draft202012Validator

from magnate.server.rest.openapi import openapi_document


def template_of(path: str) -> str | None:
    """Return the documented path that `path` is an instance of, with or without its trailing slash."""
    paths: Any = openapi_document()["paths"]
    for template in paths:
        pattern = re.sub(r"{\w+}", "[^/]+", template.rstrip("/"))
        if re.fullmatch(pattern + "/?", path):
            return str(template)
    return None


async def check_answer(response: httpx.Response) -> None:
    """Fail when an answer to a documented call is not one that the document shows."""
    template = template_of(response.request.url.path)
    document: Any = openapi_document()
    operation = document["paths"].get(template, {}).get(response.request.method.lower())
    if operation is None:
        return
    await response.aread()
    answer = operation["responses"].get(str(response.status_code))
    assert answer is not None, f"{template} does not document {response.status_code}: {response.text}"
    if "content" not in answer:
        assert response.content == b""
        return
    assert response.headers["content-type"] == "application/json"
    schema = answer["content"]["application/json"]["schema"] | {"components": document["components"]}
    Draft202012Validator(schema).validate(response.json())
