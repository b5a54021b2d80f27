"""The plain values that messages are made of; their descriptions go into the schemas."""

from typing import Annotated, Final, TypeAlias

from msgspec import Meta

from magnate.protocol.codes import ErrorCode

LARGEST: Final = 2**53 - 1
"""The largest whole number that every JSON reader keeps exact; numbers on the wire lie within plus and minus this."""

Whole: TypeAlias = Annotated[int, Meta(ge=-LARGEST, le=LARGEST)]
"""A whole number that clients send."""
UserId: TypeAlias = Annotated[int, Meta(ge=-LARGEST, le=LARGEST, description="A user id.")]
SquareId: TypeAlias = Annotated[int, Meta(ge=-LARGEST, le=LARGEST, description="A square id: 0..39, 100..113 or 201.")]
Money: TypeAlias = Annotated[int, Meta(ge=-LARGEST, le=LARGEST, description="Money in whole units.")]
Levels: TypeAlias = Annotated[int, Meta(ge=1, le=LARGEST, description="Building levels, at least 1.")]
Die: TypeAlias = Annotated[int, Meta(ge=1, le=6)]
BusDie: TypeAlias = Annotated[int, Meta(ge=0, le=6, description="1..6; 0 where the bus die stays out (in jail).")]
Seat: TypeAlias = Annotated[int, Meta(description="A place in `players`, counted from 0.")]
GameId: TypeAlias = Annotated[int, Meta(description="A game id.")]
Milliseconds: TypeAlias = Annotated[int, Meta(description="A moment in milliseconds since 1970.")]
Username: TypeAlias = Annotated[str, Meta(description="A username.")]
IsOwner: TypeAlias = Annotated[bool, Meta(description="Whether the receiver of this frame owns the room.")]
Code: TypeAlias = Annotated[
    str, Meta(description="A stable code, by which to decide what to do.", examples=[code.value for code in ErrorCode])
]
"""The value of an `ErrorCode`; clients take one that they do not know for what it is, a refusal."""
JsonObject: TypeAlias = dict[str, Annotated[object, Meta(extra_json_schema={"description": "Any JSON."})]]
"""What is relayed without being read."""
