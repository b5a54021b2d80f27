"""The lines between Magnate and a program that is a bot (docs: Bot programs). Each is one JSON object.

User ids are those of this conversation: the seats from 0 are the users from 1.
"""

from typing import Annotated, Any, Final, TypeAlias, cast

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType

from magnate.printable import plain, said
from magnate.protocol.codec import decode_game
from magnate.protocol.commands import ActionMessage
from magnate.protocol.game import Snapshot
from magnate.protocol.legal import Legal
from magnate.protocol.refusal import Refusal
from magnate.texts.refusals import refusal

PROTOCOL: Final = 1
"""The version of these lines. It grows when a program that knows the old ones would go wrong."""
LONGEST_LINE: Final = 64 * 1024
"""The most bytes of a line of a program, without its end."""
LONGEST_NAME: Final = 100
"""The most characters of a name that a program gives itself."""

Name: TypeAlias = Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]


class Hello(Struct, frozen=True, tag="hello", tag_field="type"):
    """Magnate's first line. The program answers it with a `hello` of its own."""

    protocol: Annotated[int, Meta(description="The version of the lines that Magnate speaks.")]
    magnate: Annotated[str, Meta(description="The version of Magnate.")]


class NewGame(Struct, frozen=True, tag="new_game", tag_field="type"):
    """A game begins. Nothing is answered."""

    user: Annotated[int, Meta(description="Who the program is, in everything that follows.")]
    users: Annotated[tuple[int, ...], Meta(description="Who plays, in the order of the seats.")]
    max_rounds: Annotated[int, Meta(description="The last round; 0 is no limit.")]
    seed: Annotated[int, Meta(description="Let all your chance follow from it, and the same seed gives the same game.")]


class Decide(Struct, frozen=True, tag="decide", tag_field="type"):
    """The program has something to decide. It answers with `action` and the same `id`."""

    id: Annotated[int, Meta(description="Which decision this is; no other of this process has the number.")]
    view: Annotated[Snapshot, Meta(description="The game as this user may see it, as in `game_state`.")]
    legal: Annotated[Legal, Meta(description="All that the user may do now, as with `?legal=1`.")]


class GameOver(Struct, frozen=True, tag="game_over", tag_field="type"):
    """The game is over. Nothing is answered; another game may follow in the same process."""

    view: Annotated[Snapshot, Meta(description="The game at its end, with winners and bonuses.")]


class Bye(Struct, frozen=True, tag="bye", tag_field="type"):
    """Nothing follows. The program ends; one that does not is ended."""


class ProgramHello(Struct, frozen=True, tag="hello", tag_field="type"):
    """The program's answer to `hello`."""

    protocol: Annotated[int, Meta(description="The version that the program speaks; it must be Magnate's.")]
    name: Annotated[Name | UnsetType, Meta(description="What the program calls itself.")] = UNSET


class ProgramAction(Struct, frozen=True, tag="action", tag_field="type"):
    """The program's answer to `decide`."""

    id: Annotated[int, Meta(description="The `id` of the question.")]
    action: Annotated[ActionMessage, Meta(description="What to do, as clients send it over the wire.")]


ToProgram: TypeAlias = Hello | NewGame | Decide | GameOver | Bye
FromProgram: TypeAlias = ProgramHello | ProgramAction
MESSAGES: Final = (Hello, ProgramHello, NewGame, Decide, ProgramAction, GameOver, Bye)
"""All lines, in the order in which they come."""


class BadLine(Exception):
    """A line of a program that says nothing that Magnate understands; the text is one plain sentence."""


class _Answer(Struct, tag="action", tag_field="type"):
    """`ProgramAction` as it is read: the action itself is for the codec of the wire to read."""

    id: int
    action: msgspec.Raw


_ENCODER: Final = msgspec.json.Encoder()
_HELLO: Final = msgspec.json.Decoder(ProgramHello)
_ANSWER: Final = msgspec.json.Decoder(_Answer)


def line_of(message: ToProgram) -> bytes:
    """Return a message as its line, with the end of the line."""
    return _ENCODER.encode(message) + b"\n"


def read_hello(line: bytes) -> ProgramHello:
    """Return the program's hello.

    Raises:
        BadLine: it is none, or of another version.
    """
    hello = cast(ProgramHello, _read(_HELLO, line, "hello"))
    if hello.protocol != PROTOCOL:
        raise BadLine(f"it speaks version {hello.protocol} of the lines, and this is version {PROTOCOL}")
    return hello


def read_action(line: bytes, number: int) -> ActionMessage:
    """Return the action of the answer to the question `number`.

    Raises:
        BadLine: it is no such answer.
    """
    answer = cast(_Answer, _read(_ANSWER, line, "action"))
    if answer.id != number:
        raise BadLine(f"it answered question {answer.id}, where question {number} was asked")
    command = decode_game(bytes(answer.action).decode())  # it was read as UTF-8 with the line
    if isinstance(command, Refusal):
        why = plain(refusal(command.message, "en"))
        raise BadLine(f"answered {_quoted(bytes(answer.action))}, which is not an action: {why}")
    if not isinstance(command, ActionMessage):
        raise BadLine(f"answered {_quoted(bytes(answer.action))}, which is not an action of the game")
    return command


def _read(decoder: "msgspec.json.Decoder[Any]", line: bytes, wanted: str) -> object:
    try:
        return decoder.decode(line)
    except (msgspec.DecodeError, RecursionError) as error:
        raise BadLine(f"answered {_quoted(line)}, which is no {wanted!r} line: {plain(said(error))}") from error


def _quoted(line: bytes) -> str:
    return repr(plain(line[:200].decode("utf-8", "replace"), 80))
