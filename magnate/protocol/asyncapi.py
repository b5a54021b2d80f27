"""The AsyncAPI 3 document of the three sockets, made from the types; `scripts/protocol_docs.py` writes it to a file."""

from typing import Final

import msgspec

from magnate import __version__
from magnate.protocol.catalogue import CHEATS, EVERYWHERE, SOCKETS, MessageType, Socket, examples_of, message_types
from magnate.protocol.codec import encode
from magnate.protocol.codes import CLOSE_MEANS
from magnate.protocol.schemas import Json, components

MAX_EXAMPLES: Final = 20
"""Examples of one message: a `game_action` has sixteen types."""

PARAMETERS: Final = {
    "room_code": "Six of A-Z and 0-9, from `GET /lobby/get-private-code`.",
    "game_id": "The `game_id` of `match_found` or `game_start`.",
}


def asyncapi_document() -> Json:
    """Return the document as plain data."""
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Magnate",
            "version": __version__,
            "description": "The WebSockets of a Magnate server: public queue, private rooms and games. "
            "New keys and messages may be added; clients ignore what they do not know.",
            "license": {"name": "MIT"},
        },
        "defaultContentType": "application/json",
        "servers": {
            "local": {
                "host": "127.0.0.1:8000",
                "protocol": "ws",
                "description": "`magnate serve` as it starts by default.",
                "security": [
                    {"$ref": "#/components/securitySchemes/token"},
                    {"$ref": "#/components/securitySchemes/bearer"},
                    {"$ref": "#/components/securitySchemes/cookie"},
                ],
            }
        },
        "channels": {socket.name: _channel(socket) for socket in SOCKETS},
        "operations": _operations(),
        "components": {
            "messages": {kind.__name__: _message(kind) for kind in message_types()},
            "schemas": components(),
            "securitySchemes": {
                "token": {
                    "type": "httpApiKey",
                    "in": "query",
                    "name": "token",
                    "description": "The access token in the query.",
                },
                "bearer": {"type": "http", "scheme": "bearer", "bearerFormat": "JWT"},
                "cookie": {
                    "type": "httpApiKey",
                    "in": "cookie",
                    "name": "magnate_session",
                    "description": "The cookie that login sets; only from the server's own or an allowed origin.",
                },
            },
        },
    }


def _channel(socket: Socket) -> Json:
    address = socket.addresses[0]
    others = "".join(f" Also at `{other}`." for other in socket.addresses[1:])
    channel: Json = {
        "address": address,
        "title": socket.title,
        "description": f"With or without the trailing slash.{others}",
        "messages": {
            kind.__name__: {"$ref": f"#/components/messages/{kind.__name__}"}
            for kind in (*socket.commands, *socket.messages)
        },
        "x-close-codes": {str(int(code)): CLOSE_MEANS[code] for code in sorted((*EVERYWHERE, *socket.closes))},
    }
    parameters = {name: {"description": text} for name, text in PARAMETERS.items() if f"{{{name}}}" in address}
    if socket.query:
        fields = {name: {"type": "string", "description": text} for name, text in socket.query}
        channel["bindings"] = {"ws": {"query": {"type": "object", "properties": fields}}}
    if parameters:
        channel["parameters"] = parameters
    return channel


def _operations() -> Json:
    """Return what the server receives and sends on each channel."""
    operations: Json = {}
    for socket in SOCKETS:
        for action, kinds in (("receive", socket.commands), ("send", socket.messages)):
            if not kinds:
                continue
            operations[f"{action}_{socket.name}"] = {
                "action": action,
                "channel": {"$ref": f"#/channels/{socket.name}"},
                "messages": [{"$ref": f"#/channels/{socket.name}/messages/{kind.__name__}"} for kind in kinds],
            }
    return operations


def _message(kind: MessageType) -> Json:
    tags: Json = {"tags": [{"name": "debug", "description": "Only with `--debug-commands`."}]} if kind in CHEATS else {}
    return {
        "name": kind.__name__,
        "title": kind.__name__,
        "summary": _summary(kind),
        **tags,
        "payload": {"$ref": f"#/components/schemas/{kind.__name__}"},
        "examples": [{"payload": msgspec.json.decode(encode(message))} for message in examples_of(kind)[:MAX_EXAMPLES]],
    }


def _summary(kind: MessageType) -> str:
    """Return the first sentence that a message's class says of itself."""
    return (kind.__doc__ or "").partition("\n")[0]
