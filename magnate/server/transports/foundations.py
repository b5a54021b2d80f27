"""What Magnate uses of uvicorn and websockets beyond what they promise to keep, all of it named here.

No other module imports private parts of them. `pyproject.toml` admits only releases with which the tests were run: a
newer one may have moved any of these names, and the tests of this package say which.
"""

from collections.abc import Mapping
from typing import Final

from uvicorn._types import ASGI3Application, ASGIReceiveEvent, ASGISendEvent
from uvicorn.protocols.http.flow_control import FlowControl
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.server import ServerProtocol

__all__ = [
    "PRIVATE_NAMES",
    "ASGI3Application",
    "ASGIReceiveEvent",
    "ASGISendEvent",
    "FlowControl",
    "HttpToolsProtocol",
    "RequestResponseCycle",
    "WebSocketsSansIOProtocol",
]

PRIVATE_NAMES: Final[Mapping[type, frozenset[str]]] = {
    HttpToolsProtocol: frozenset(
        {
            "_start_asgi_task",
            "cycle",
            "flow",
            "loop",
            "on_body",
            "on_header",
            "on_message_begin",
            "on_message_complete",
            "on_response_complete",
            "on_url",
            "pause_writing",
            "pipeline",
            "resume_writing",
            "send_400_response",
            "handle_websocket_upgrade",
            "timeout_keep_alive",
            "transport",
            "url",
        }
    ),
    RequestResponseCycle: frozenset({"disconnected", "more_body", "response_complete"}),
    FlowControl: frozenset({"read_paused", "write_paused"}),
    WebSocketsSansIOProtocol: frozenset(
        {
            "close_sent",
            "close_timer",
            "conn",
            "handle_close",
            "handle_connect",
            "handle_events",
            "handle_parser_exception",
            "handle_ping",
            "handle_pong",
            "handshake_complete",
            "handshake_initiated",
            "keepalive_timeout",
            "loop",
            "queue",
            "receive",
            "response",
            "scope",
            "send",
            "shutdown",
            "transport",
            "writable",
        }
    ),
    ServerProtocol: frozenset({"close_sent", "extensions", "handshake_exc", "state"}),
}
"""Classes, and what of them is called, read, set or overridden in this package."""
