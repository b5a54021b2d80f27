"""The page is handed out whole, small, checked and safe; and nothing of it where the host does not want it."""

import gzip
import hashlib
import json
import re
import subprocess
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette

from magnate.server.app import create_app
from magnate.server.invitation import addresses, invitation
from magnate.server.metrics import Metrics
from magnate.server.storage import open_storage
from magnate.server.web import PAGES, page_routes
from magnate.texts import LANGUAGES
from magnate.texts.page import PAGE
from magnate.web import STATIC
from magnate.web.modules import page_html
from scripts import vendor_web, web_types
from tests.server.support import KEY, FakeClock, FakeDirectory, FakeRooms, fast_settings

TEXTS = re.compile(r"""\b(page|game|words|lobby|tell)\(\s*"([a-z_0-9]+)"(?=[,)])""")
MODULES = [each for each in STATIC.rglob("*.js") if each.parent.name != "vendor"]
IMPORT = re.compile(r"""(?:from|import|import\()\s*"(\.[^"]+)\"""")


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture
async def client() -> AsyncIterator[httpx.AsyncClient]:
    """Asks for the page alone, without a server around it."""
    transport = httpx.ASGITransport(Starlette(routes=page_routes()))
    async with httpx.AsyncClient(transport=transport, base_url="http://box.test:8000") as client:
        yield client


@pytest.mark.anyio
async def test_every_address_of_the_page_shows_the_page_and_its_parts_come_with_it(client: httpx.AsyncClient) -> None:
    for path in PAGES:
        answer = await client.get(path.format(code="ABC123", game=7))
        assert (answer.status_code, answer.headers["content-type"]) == (200, "text/html; charset=utf-8"), path
    for part in re.findall(r'(?:href|src)="(/web/[^"]+)"', answer.text):
        assert (await client.get(part)).status_code == 200, part


@pytest.mark.anyio
async def test_no_page_runs_or_loads_anything_that_is_not_ours(client: httpx.AsyncClient) -> None:
    for path in ("/", "/web/main.js", "/web/words/en.json", "/web/board.json", "/r/ABC123/qr.svg"):
        headers = (await client.get(path)).headers
        policy = headers["content-security-policy"]
        assert "default-src 'self'" in policy, path
        assert "frame-ancestors 'none'" in policy, path
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["referrer-policy"] == "no-referrer"
    page = (await client.get("/")).text
    assert not re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=|https?://", page)


@pytest.mark.anyio
async def test_what_a_browser_has_is_not_sent_again_and_what_it_lacks_is_compressed(client: httpx.AsyncClient) -> None:
    for path in ("/", "/web/main.js", "/web/styles/page.css", "/web/words/es.json", "/web/board.json"):
        first = await client.get(path)
        assert first.headers["cache-control"] == "no-cache"
        again = await client.get(path, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b""), path
    for path in ("/web/styles/page.css", "/web/words/es.json", "/web/vendor/preact.js"):
        assert (await client.get(path)).headers["content-encoding"] == "gzip"


@pytest.mark.anyio
async def test_the_words_of_the_page_are_those_of_the_terminal_client_in_both_languages(
    client: httpx.AsyncClient,
) -> None:
    for lang in LANGUAGES:
        words = (await client.get(f"/web/words/{lang}.json")).json()
        assert words["page"].keys() == PAGE.keys()
        assert words["cards"]["earthquake"]["title"] in ("Earthquake", "Terremoto")
        assert len(words["squares"]) == 55
    assert (await client.get("/web/words/fr.json")).status_code == 404


@pytest.mark.anyio
async def test_the_code_of_a_room_is_drawn_as_the_address_that_the_browser_uses(client: httpx.AsyncClient) -> None:
    drawn = await client.get("/r/ABC123/qr.svg")
    assert (drawn.status_code, drawn.headers["content-type"]) == (200, "image/svg+xml")
    other = await client.get("/r/ABC123/qr.svg", headers={"host": "192.0.2.7:8000"})
    assert other.content != drawn.content
    for bad in ("/r/A-1/qr.svg", f"/r/{'A' * 33}/qr.svg", "/r/%3Cb%3E/qr.svg"):
        assert (await client.get(bad)).status_code == 404
    assert (await client.get("/r/ABC123/qr.svg", headers={"host": "a" * 300})).status_code == 404


@pytest.mark.anyio
@pytest.mark.parametrize("web", [True, False])
async def test_a_host_that_wants_no_page_hands_none_out(tmp_path: Path, web: bool) -> None:
    settings = fast_settings(tmp_path / "magnate.sqlite3", web=web)
    storage = await open_storage(settings.database, serving=True)
    app = create_app(
        settings,
        storage,
        signing_key=KEY,
        rooms=FakeRooms(),
        games=FakeDirectory(),
        metrics=Metrics(),
        clock=FakeClock(),
    )
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://box.test") as client:
        wanted = 200 if web else 404
        for path in ("/", "/r/ABC123", "/web/main.js", "/web/board.json"):
            assert (await client.get(path)).status_code == wanted, path
        assert (await client.get("/healthz")).status_code == 200
    app.state.services.accounts.close()
    await storage.close()


def imported(entry: Path) -> set[Path]:
    """Return what a module imports by name, in turn, itself included: what the browser loads before it runs it."""
    found, todo = {entry}, [entry]
    while todo:
        module = todo.pop()
        for name in re.findall(r'from\s*"(\.[^"]+)"|import\s*"(\.[^"]+)"', module.read_text(encoding="utf-8")):
            other = (module.parent / "".join(name)).resolve()
            if other not in found:
                found.add(other)
                todo.append(other)
    return found


def named_by(page: str) -> set[Path]:
    return {STATIC / part for part in re.findall(r'"/web/([^"]+)"', page)}


def test_a_first_visit_loads_at_most_150_kilobytes_in_25_requests() -> None:
    wanted = {STATIC / "index.html", *named_by(page_html().decode()), *imported(STATIC / "main.js")}
    words = 1
    assert len(wanted) + words <= 25, sorted(map(str, wanted))
    size = sum(len(gzip.compress(each.read_bytes())) for each in wanted)
    assert size + 15_000 <= 150_000  # the words of one language


@pytest.mark.parametrize("view", sorted(set(PAGES.values())))
def test_all_modules_of_a_view_are_fetched_at_once_and_no_other(view: str) -> None:
    views = [STATIC / view] if view else []
    needed = set[Path]().union(*[imported(each) for each in (STATIC / "main.js", *views)])
    assert {each for each in named_by(page_html(view).decode()) if each.suffix == ".js"} == needed


def test_each_address_has_the_view_that_the_page_shows_there() -> None:
    routes = (STATIC / "app" / "routes.js").read_text(encoding="utf-8")
    short = dict(re.findall(r'(\w): "(\w+)"', routes))
    assert short.keys() == {"r", "g", "w"}
    views = dict(re.findall(r'(\w+): \(\) => import\("\./([\w.]+)"\)', (STATIC / "views/app.js").read_text("utf-8")))
    for path, module in PAGES.items():
        start = path.strip("/").partition("/")[0]
        shown = short.get(start, start)
        assert module == (f"views/{views[shown]}" if shown else "")


def test_each_text_that_a_module_names_is_there() -> None:
    tables: dict[str, Any] = {"page": PAGE}
    from magnate.texts.game import GAME
    from magnate.texts.lobby import LOBBY
    from magnate.texts.sentences import SENTENCES

    tables |= {"game": GAME, "words": GAME, "lobby": LOBBY, "tell": SENTENCES}
    named = {(table, key) for each in MODULES for table, key in TEXTS.findall(each.read_text(encoding="utf-8"))}
    assert len(named) > 100
    missing = sorted(f"{table}.{key}" for table, key in named if key not in tables[table])
    assert missing == []


def test_each_module_imports_what_is_there_and_nothing_from_elsewhere() -> None:
    for module in MODULES:
        text = module.read_text(encoding="utf-8")
        for name in IMPORT.findall(text):
            assert (module.parent / name).is_file(), f"{module.name}: {name}"
        assert not re.search(r"""(?:from|import\()\s*"(?!\.)""", text), module.name


def test_no_module_writes_html_as_text_or_keeps_a_token_in_an_address() -> None:
    for module in MODULES:
        text = module.read_text(encoding="utf-8")
        for danger in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "dangerouslySet", "eval("):
            assert danger not in text, f"{module.name}: {danger}"
        if "searchParams" in text:
            assert module.name == "line.js", "only sockets carry a token in their address"


def test_each_library_is_the_one_in_the_table_with_its_licence() -> None:
    rows = json.loads(vendor_web.TABLE.read_text(encoding="utf-8"))
    assert [row["name"] for row in rows] == [library.name for library in vendor_web.LIBRARIES]
    assert {each.name for each in vendor_web.FOLDER.glob("*.js")} == {row["name"] for row in rows}
    for row, library in zip(rows, vendor_web.LIBRARIES, strict=True):
        content = (vendor_web.FOLDER / row["name"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["sha256"], row["name"]
        assert (row["package"], row["version"]) == (library.package, library.version)
        licence = f"LICENSE.{library.package.replace('@', '').replace('/', '-')}"
        assert row["licence"] in ("MIT", "Apache-2.0")
        assert (vendor_web.FOLDER / licence).is_file()


def test_a_library_imports_the_file_beside_it() -> None:
    text = 'import{options as n}from"preact";import{useRef}from"preact/hooks";n\n//# sourceMappingURL=a.mjs.map\n'
    assert vendor_web.local(text) == 'import{options as n}from"./preact.js";import{useRef}from"./hooks.js";n\n'


def test_the_types_of_messages_are_current() -> None:
    assert web_types.main(["--check"]) == 0


@pytest.mark.npm
@pytest.mark.program("node")
def test_the_modules_are_typed_strictly() -> None:
    folder = Path(__file__).parent
    command = ["node", str(folder / "node_modules" / "typescript" / "bin" / "tsc"), "-p", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


def test_a_host_on_all_interfaces_is_told_each_address_that_others_can_open() -> None:
    found = addresses("0.0.0.0", 8000)
    assert found[-1].startswith("http://127."), "this machine itself comes last"
    assert all(re.fullmatch(r"http://\d+\.\d+\.\d+\.\d+:8000", url) for url in found)
    told = invitation("0.0.0.0", 8000, picture=False)
    assert all(line.startswith("magnate: open http://") for line in told)
    assert len(told) == len([url for url in found if "://127." not in url])


def test_a_host_on_one_address_is_told_that_address_and_a_phone_gets_a_picture_where_it_can_open_it() -> None:
    assert invitation("127.0.0.1", 8000, picture=True) == []
    lines = invitation("192.0.2.7", 8000, picture=True)
    assert lines[0] == "magnate: open http://192.0.2.7:8000 in a browser to play"
    assert len(lines) > 12
    assert set("".join(lines[2:])) <= set("█▀▄ ")
    assert invitation("fd00::7", 8000, picture=False) == ["magnate: open http://[fd00::7]:8000 in a browser to play"]
