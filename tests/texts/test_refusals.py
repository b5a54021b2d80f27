"""What a server refuses is shown in the player's language."""

import pytest

from magnate.client.errors import (
    BadAddress,
    CallRefused,
    ClientError,
    NothingThere,
    NotMagnate,
    ServerUnreachable,
    SessionFileDamaged,
    SessionFileError,
    SignInNeeded,
    SocketClosed,
)
from magnate.errors import MagnateError
from magnate.protocol.codes import ErrorCode
from magnate.protocol.errors import BadState, OtherBoard, ProtocolError
from magnate.protocol.strings import OWNER_SETS, OWNER_STARTS, SENTENCES
from magnate.server.accounts.names import name_problems
from magnate.server.accounts.passwords import password_problems
from magnate.server.errors import BadCredentials, TooManyAttempts, TooManyRooms
from magnate.texts.refusals import REFUSALS, refusal
from tests.texts.test_game import places

RULES = (ErrorCode.NOT_YOUR_TURN, ErrorCode.WRONG_PHASE, ErrorCode.GAME_OVER)
"""What the engine says itself, in both languages."""

ERRORS: tuple[MagnateError, ...] = (
    ServerUnreachable("http://x", "All connection attempts failed"),
    NotMagnate("http://x", "HTTP 404 without JSON"),
    NothingThere("http://x"),
    BadAddress("x", "it does not begin with http:// or https://"),
    CallRefused(401, "bad credentials"),
    SignInNeeded(401, "you are not signed in"),
    SocketClosed(4000),
    SessionFileError("a/b", "Permission denied"),
    SessionFileDamaged("a/b", "is damaged (no JSON); magnate logout deletes it"),
    OtherBoard("a", "b"),
    BadState("no seat"),
)
"""One of each class that a client may have to show."""


def below(root: type[MagnateError]) -> set[type[MagnateError]]:
    return {kind for each in root.__subclasses__() for kind in (each, *below(each))}


@pytest.mark.parametrize("words", REFUSALS, ids=[english for english, _ in REFUSALS])
def test_each_refusal_is_found_from_either_language(words: tuple[str, str]) -> None:
    english, spanish = words
    assert places(english) == places(spanish)
    filled = [text.format(**dict.fromkeys(places(text), "7")) for text in words]
    for text in filled:
        assert [refusal(text, "en"), refusal(text, "es")] == filled


@pytest.mark.parametrize(
    "text", [*(SENTENCES[code] for code in SENTENCES if code not in RULES), OWNER_STARTS, OWNER_SETS]
)
def test_every_documented_sentence_of_the_sockets_has_english_words(text: str) -> None:
    assert refusal(text, "es") == text
    assert refusal(text, "en") != text


@pytest.mark.parametrize(
    "text",
    [
        *(fault for name in ("", "x" * 41, "<b>") for fault in name_problems(name)),
        *(fault for word in ("1", "x" * 5000, "password", "alice1") for fault in password_problems(word, "alice1")),
        str(BadCredentials()),
        str(TooManyAttempts(30)),
        str(TooManyRooms(3)),
        *map(str, ERRORS),
    ],
)
def test_what_rest_and_the_client_say_has_spanish_words(text: str) -> None:
    assert refusal(text, "en") == text
    assert refusal(text, "es") != text


def test_every_class_of_errors_of_client_and_protocol_is_among_them() -> None:
    assert {type(error) for error in ERRORS} == below(ClientError) | below(ProtocolError)


def test_a_refusal_within_a_refusal_is_translated_too() -> None:
    said = "no answer from http://x: All connection attempts failed"
    assert refusal(said, "es") == "no responde http://x: nadie acepta la conexión"


def test_what_has_no_words_is_shown_as_it_came() -> None:
    assert refusal("El gato duerme.", "en") == "El gato duerme."
