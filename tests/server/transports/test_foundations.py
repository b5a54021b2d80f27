"""Every private thing of uvicorn and websockets is named in one place, and is there in what is installed."""

import ast
import asyncio
import inspect
import re
from pathlib import Path

import pytest

import magnate.server.transports
from magnate.server.transports.foundations import PRIVATE_NAMES, HttpToolsProtocol, WebSocketsSansIOProtocol
from tests.server.transports.test_http import REQUEST, Application
from tests.server.transports.wires import HANDSHAKE, http, turns, websocket

pytestmark = pytest.mark.anyio

PACKAGE = Path(magnate.server.transports.__file__).parent


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


async def test_what_is_named_is_there() -> None:
    application = Application()
    web, _ = http(application)
    web.data_received(REQUEST)
    socket, _ = websocket(application)
    socket.data_received(HANDSHAKE)
    await turns(3)
    found = [web, web.cycle, web.flow, socket, socket.conn]
    for kind, names in PRIVATE_NAMES.items():
        (each,) = [each for each in found if isinstance(each, kind)]
        assert not [name for name in names if not hasattr(each, name)]
    web.connection_lost(None)
    socket.connection_lost(None)


@pytest.mark.parametrize(("module", "base"), [("http", HttpToolsProtocol), ("websocket", WebSocketsSansIOProtocol)])
def test_what_is_used_is_named(module: str, base: type) -> None:
    tree = ast.parse((PACKAGE / f"{module}.py").read_text())
    (protocol,) = [each for each in tree.body if isinstance(each, ast.ClassDef) and "Protocol" in each.name]
    used = {node.attr for node in ast.walk(protocol) if isinstance(node, ast.Attribute) and _is_self(node.value)}
    used |= {each.name for each in protocol.body if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef)}
    of_base = {name for name in used if hasattr(base, name) and not hasattr(asyncio.Protocol, name)}
    set_by_base = set(re.findall(r"self\.(\w+)\b[^=\n]* = ", inspect.getsource(base)))
    assert (of_base | used & set_by_base) <= PRIVATE_NAMES[base]


def _is_self(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id == "self"


def test_nobody_else_stands_on_private_parts() -> None:
    private = re.compile(r"^\s*(from|import) (uvicorn\.(_|protocols)|websockets\.(server|protocol\b.*_))", re.MULTILINE)
    root = PACKAGE.parents[1]
    found = {str(path.relative_to(root)) for path in root.rglob("*.py") if private.search(path.read_text())}
    assert found == {"server/transports/foundations.py"}
