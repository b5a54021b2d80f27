"""The protocol's documents are what the code says, and their examples work."""

import ast
import json
import re
from pathlib import Path

import pytest

from magnate.protocol.codec import (
    Unread,
    decode_game,
    decode_queue,
    decode_room,
    encode,
    read_game,
    read_queue,
    read_room,
)
from magnate.protocol.examples import game_messages
from magnate.protocol.follow import Follower
from magnate.protocol.game import GameState
from magnate.protocol.refusal import Refusal
from scripts import protocol_docs

PAGE = (protocol_docs.DOCS / "protocol.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```json\n(.*?)\n```", PAGE, re.DOTALL)
[SNIPPET] = re.findall(r"```python\n(.*?)\n```", PAGE, re.DOTALL)


def test_the_documents_are_current() -> None:
    assert protocol_docs.main(["--check"]) == 0


def test_a_document_that_is_not_current_is_named_and_written_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(protocol_docs, "DOCS", tmp_path)
    (tmp_path / "asyncapi.yaml").write_text("")
    (tmp_path / "protocol.md").write_text("Codes:\n\n<!-- from the code: close-codes -->\nold\n<!-- end -->\n\nEnd.\n")
    assert protocol_docs.main(["--check"]) == 1
    assert capsys.readouterr().err.count("is not current") == 2
    assert protocol_docs.main([]) == 0
    assert protocol_docs.main(["--check"]) == 0
    page = (tmp_path / "protocol.md").read_text()
    assert "| `4003` |" in page
    assert page.endswith("<!-- end -->\n\nEnd.\n")
    assert "old" not in page


def test_every_example_of_the_page_is_a_message() -> None:
    assert len(EXAMPLES) > 50
    for example in EXAMPLES:
        text = json.dumps(json.loads(example))
        commands = [decode_queue(text), decode_room(text), decode_game(text, debug_commands=True)]
        messages = [read_queue(text), read_room(text), read_game(text)]
        understood = [each for each in (*commands, *messages) if not isinstance(each, Refusal | Unread)]
        assert understood, example


def test_every_part_of_the_page_that_comes_from_the_code_is_shown() -> None:
    shown = re.findall(r"<!-- from the code: ([\w-]+) -->", PAGE)
    assert sorted(shown) == sorted(protocol_docs.BLOCKS)


def test_the_python_of_the_page_plays(capsys: pytest.CaptureFixture[str]) -> None:
    names: dict[str, object] = {}
    exec(compile(ast.parse(SNIPPET), "docs/protocol.md", "exec"), names)
    messages = list(game_messages())
    first = next(place for place, message in enumerate(messages) if isinstance(message, GameState))
    sent: list[str] = []
    play = names["play"]
    assert callable(play)
    play([encode(message) for message in messages[first:]], 7, sent.append)
    assert "Traded" in capsys.readouterr().out
    assert sent
    assert not any(isinstance(decode_game(text), Refusal) for text in sent)


def test_the_example_game_can_be_followed() -> None:
    messages = game_messages()
    first = next(place for place, message in enumerate(messages) if isinstance(message, GameState))
    state = messages[first]
    assert isinstance(state, GameState)
    follower = Follower(state.game_state, 7)
    for message in messages[first + 1 :]:
        follower.take(message)
    assert follower.in_step
    assert follower.view.winners == (1,)
