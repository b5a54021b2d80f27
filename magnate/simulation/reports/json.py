"""The report as JSON, and the JSON Schemas of the report and of a game's line."""

from typing import Any

import msgspec

from magnate.simulation.figures.report import Report
from magnate.simulation.reports.ndjson import GameLine


def write_json(report: Report) -> str:
    """Return the report as indented JSON, ending in a line feed."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n"


def schema() -> dict[str, Any]:
    """Return the JSON Schema of the report; `$defs/GameLine` is that of a line of ndjson."""
    (report, _), definitions = msgspec.json.schema_components([Report, GameLine], ref_template="#/$defs/{name}")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "magnate simulate --format json",
        **report,
        "$defs": dict(sorted(definitions.items())),
    }


def write_schema() -> str:
    """Return the schema as the text of `schema.json`."""
    return msgspec.json.format(msgspec.json.encode(schema()), indent=2).decode() + "\n"
