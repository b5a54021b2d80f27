"""Waiting for what a screen will show."""

import asyncio
from collections.abc import Callable

from textual.pilot import Pilot

PATIENCE_SECONDS = 30.0
"""How long a test waits for what must come; nothing waits for as long as this unless the test fails."""


async def until(pilot: Pilot[int], happened: Callable[[], object]) -> None:
    """Let the app run until something has happened."""
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not happened():
            await pilot.pause(0.01)
