"""Write what the protocol's documentation takes from the code: `docs/asyncapi.yaml` and parts of `docs/protocol.md`.

`python -m scripts.protocol_docs` writes them; with `--check` it writes nothing, names what is not current, and exits
with 1 if anything is.
"""

import json
import re
import sys
from collections.abc import Iterable
from inspect import getdoc
from pathlib import Path
from typing import cast, get_args

import msgspec
import yaml

from magnate.engine.actions import ACTION_TYPES
from magnate.engine.cards import deck
from magnate.engine.errors import Reason, sentence
from magnate.engine.events import Event, Why
from magnate.engine.game import ADMITS
from magnate.engine.phases import Phase
from magnate.engine.statistics import STATISTICS
from magnate.protocol.asyncapi import asyncapi_document
from magnate.protocol.catalogue import ACTIONS, CHEATS, RESPONSES, SOCKETS, MessageType, examples_of
from magnate.protocol.codec import encode
from magnate.protocol.codes import CLOSE_MEANS, ERROR_MEANS, ErrorCode
from magnate.protocol.commands import ChatMessage, Here, Rematch
from magnate.protocol.game import Proposal, Snapshot
from magnate.protocol.legal import Legal, LegalAction, LegalBid, LegalTrade
from magnate.protocol.responses import Auction, Bonus, FantasyEvent, FantasyResult, PropertyRelationship, Response
from magnate.protocol.room import BotLevel, RoomPlayer
from magnate.protocol.schemas import Json, components
from magnate.protocol.strings import OWNER_SETS, OWNER_STARTS, SENTENCES
from magnate.server.rest.calls import CALLS

DOCS = Path(__file__).resolve().parent.parent / "docs"
WIDTH = 110
"""Columns of an example."""

MAX_KINDS = 4
"""Kinds of a value that are named one by one."""

BLOCK = re.compile(r"(<!-- from the code: (?P<name>[\w-]+) -->\n).*?(<!-- end -->)", re.DOTALL)

SET_BY_SERVER = frozenset({"game", "player"})
COMMON = frozenset(field.name for field in msgspec.structs.fields(Response))


def main(arguments: list[str]) -> int:
    """Write the files, or with `--check` compare them."""
    stale = [path for path, text in wanted().items() if path.read_text(encoding="utf-8") != text]
    if "--check" in arguments:
        for path in stale:
            print(f"{path.name} is not current: run python -m scripts.protocol_docs", file=sys.stderr)
        return 1 if stale else 0
    for path in stale:
        path.write_text(wanted()[path], encoding="utf-8")
        print(f"wrote {path.name}", file=sys.stderr)
    return 0


def wanted() -> dict[Path, str]:
    """Return what each file should hold."""
    page = DOCS / "protocol.md"
    return {
        DOCS / "asyncapi.yaml": asyncapi_text(),
        page: BLOCK.sub(
            lambda found: f"{found[1]}\n{BLOCKS[found['name']].strip()}\n\n{found[3]}", page.read_text(encoding="utf-8")
        ),
    }


def asyncapi_text() -> str:
    """Return the AsyncAPI document as YAML."""
    head = "# Made from the types in magnate/protocol by `python -m scripts.protocol_docs`; do not edit.\n"
    return head + yaml.safe_dump(asyncapi_document(), sort_keys=False, allow_unicode=True, width=120)


SCHEMAS = components("{name}")


def messages(kinds: Iterable[MessageType], without: frozenset[str] = frozenset()) -> str:
    """Return the reference of messages: what each says of itself, its keys but those in `without`, an example."""
    return "\n".join(message(kind, without) for kind in kinds)


def message(kind: MessageType, without: frozenset[str]) -> str:
    """Return the reference of one message."""
    heading = f"#### `{kind.__name__}`\n\n{(getdoc(kind) or '').strip()}\n"
    frames = examples_of(kind)
    example = f"\n```json\n{pretty(msgspec.json.decode(encode(frames[0])))}\n```\n" if frames else ""
    return heading + keys(kind, without) + example


def keys(kind: MessageType, without: frozenset[str] = frozenset()) -> str:
    """Return the table of a message's keys, but those in `without`."""
    tag = kind.__struct_config__.tag_field
    schema = SCHEMAS[kind.__name__]
    properties = cast("dict[str, Json]", schema["properties"])
    required = cast("list[str]", schema.get("required", []))
    rows = [
        f"| `{name}` | {type_of(each)}{'' if name in required else ', may be absent'} | {meaning(each)} |"
        for name, each in properties.items()
        if name not in without and name != tag
    ]
    return "\n" + "\n".join(["| key | type | |", "|---|---|---|", *rows]) + "\n" if rows else ""


def type_of(schema: Json) -> str:
    """Return a schema's type in words."""
    if "$ref" in schema:
        return f"`{schema['$ref']}`"
    if "anyOf" in schema:
        kinds = list(dict.fromkeys(type_of(each) for each in cast("list[Json]", schema["anyOf"])))
        return " or ".join(kinds) if len(kinds) <= MAX_KINDS else f"one of {kinds[0]} to {kinds[-1]}"
    if schema.get("type") == "array":
        items = schema.get("items")
        return f"list of {type_of(cast(Json, items))}" if items else "list"
    if schema.get("type") == "object":
        return f"object of {type_of(cast(Json, schema['additionalProperties']))}"
    return str(schema.get("type", "any"))


def meaning(schema: Json) -> str:
    """Return what a schema says of itself, or of what it holds."""
    parts = [schema, *cast("list[Json]", schema.get("anyOf", [])), cast(Json, schema.get("items") or {})]
    texts = [str(part["description"]) for part in parts if part.get("description")]
    return texts[0] if texts else ""


def pretty(value: object, indent: int = 0) -> str:
    """Return JSON for reading: what fits on a line stands on one."""
    line = json.dumps(value, ensure_ascii=False)
    if len(line) + indent <= WIDTH or not isinstance(value, dict | list) or not value:
        return line
    space = " " * (indent + 2)
    if isinstance(value, dict):
        inner = [f"{space}{json.dumps(key)}: {pretty(part, indent + 2)}" for key, part in value.items()]
        return "{\n" + ",\n".join(inner) + "\n" + " " * indent + "}"
    return "[\n" + ",\n".join(space + pretty(part, indent + 2) for part in value) + "\n" + " " * indent + "]"


def table(rows: Iterable[tuple[str, str]], first: str, second: str) -> str:
    """Return a table of two columns, the first as code."""
    return "\n".join([f"| {first} | {second} |", "|---|---|", *(f"| `{name}` | {text} |" for name, text in rows)])


def phases() -> str:
    """Return which actions each phase admits."""
    rows = []
    for phase, kinds in ADMITS.items():
        names = [f"`Action{kind.__name__}`" for kind in ACTION_TYPES if kind in kinds]
        rows.append((phase.value, ", ".join(names) or "none"))
    return table(rows, "phase", "actions that may be legal")


def values() -> str:
    """Return the values of the keys that hold one of a few texts, and the order of the statistics."""
    rows = [
        ("phase", [phase.value for phase in Phase]),
        ("bot_level", [level.value for level in BotLevel]),
        ("fantasy_type", [kind.name for kind in deck()]),
        ("statistics", list(STATISTICS)),
        ("why` of `Paid", [why.value for why in Why]),
    ]
    return table(
        ((name, ", ".join([f"`{each}`" for each in texts])) for name, texts in rows), "key", "values, in order"
    )


def reasons() -> str:
    """Return every rule that may refuse an action, with what it says."""
    return table(((reason.value, sentence(reason, "es")) for reason in Reason), "reason", "message")


def events() -> str:
    """Return every event with its fields."""
    kinds = sorted(get_args(Event), key=list(Event.__args__).index)
    rows = []
    for kind in kinds:
        fields = ", ".join([f"`{field.name}`" for field in msgspec.structs.fields(kind)])
        rows.append((kind.__name__, f"{(getdoc(kind) or '').partition(chr(10))[0]} {fields}"))
    return table(rows, "event", "what happened, and its fields")


def rest_calls() -> str:
    """Return every REST call."""
    rows = []
    for call in CALLS:
        body = (
            ""
            if call.body is None
            else ", ".join([f"`{each.encode_name}`" for each in msgspec.structs.fields(call.body)])
        )
        answers = ", ".join([str(status) for status in sorted(call.answers)])
        token = "yes" if call.needs_token else ""
        rows.append(f"| `{call.method} {call.path}` | {call.summary} | {body} | {token} | {answers} |")
    head = ["| call | does | body | token | answers |", "|---|---|---|---|---|"]
    return "\n".join([*head, *rows])


QUEUE, ROOM, GAME, _WATCH = SOCKETS
BLOCKS = {
    "phases": phases(),
    "values": values(),
    "reasons": reasons(),
    "events": events(),
    "rest": rest_calls(),
    "queue-commands": messages(QUEUE.commands),
    "queue-messages": messages(QUEUE.messages),
    "room-commands": messages(ROOM.commands),
    "room-messages": messages(ROOM.messages) + "\n#### `RoomPlayer`\n" + keys(RoomPlayer),
    "actions": messages(ACTIONS, SET_BY_SERVER),
    "legal": "\n".join(
        f"#### `{kind.__name__}`\n\n{getdoc(kind)}\n{keys(kind)}" for kind in (Legal, LegalAction, LegalBid, LegalTrade)
    ),
    "chat": messages([ChatMessage]),
    "rematch": messages([Rematch]),
    "here": messages([Here]),
    "cheats": messages(CHEATS),
    "game-messages": messages(GAME.messages),
    "snapshot": f"{keys(Snapshot)}\n#### `Proposal`\n\n{getdoc(Proposal)}\n{keys(Proposal)}",
    "common": keys(Response),
    "responses": messages(RESPONSES, COMMON),
    "parts": "\n".join(
        f"#### `{kind.__name__}`\n\n{getdoc(kind)}\n{keys(kind)}"
        for kind in (PropertyRelationship, FantasyEvent, FantasyResult, Auction, Bonus)
    ),
    "close-codes": table(((str(int(code)), text) for code, text in sorted(CLOSE_MEANS.items())), "code", "meaning"),
    "error-codes": table(((code.value, text) for code, text in ERROR_MEANS.items()), "code", "meaning"),
    "sentences": table(
        (
            *((code.value, text) for code, text in SENTENCES.items()),
            (ErrorCode.NOT_OWNER.value, f"{OWNER_STARTS} (on `start_game`)"),
            (ErrorCode.NOT_OWNER.value, f"{OWNER_SETS} (on `update_settings`)"),
        ),
        "code",
        "message",
    ),
}
"""The parts of `docs/protocol.md` that come from the code, by name."""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
