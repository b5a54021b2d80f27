"""What is written past the WebSocket library is what it would have written."""

import pytest
from websockets.frames import Frame, Opcode

from magnate.server.live.transports import text_head


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65_535, 65_536, 100_000])
def test_a_text_frame_begins_as_the_library_writes_it(size: int) -> None:
    payload = b"x" * size
    assert text_head(size) + payload == Frame(Opcode.TEXT, payload).serialize(mask=False)
