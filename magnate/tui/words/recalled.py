"""What happened before the player came, as chronicle and log tell it."""

from collections.abc import Sequence
from typing import TypeAlias

from rich.text import Text

from magnate.engine.events import TurnBegan
from magnate.engine.record import Step
from magnate.tui.words.chronicle import Chronicle
from magnate.tui.words.people import People

LogLines: TypeAlias = list[tuple[Text, bool]]
"""Lines of the log, and whether each concerns the viewer."""


def recalled(steps: Sequence[Step], people: People) -> tuple[Chronicle, LogLines]:
    """Return the chronicle of some moves, and their lines for the log, with a heading a turn."""
    chronicle, log = Chronicle(), LogLines()
    chronicle.begin(steps[0].before)
    for step in steps:
        log += [(Text(line.words), line.mine) for line in chronicle.take(step.events, people)]
        log += [
            (turn_heading(event, people), event.seat == people.viewer)
            for event in step.events
            if isinstance(event, TurnBegan)
        ]
        log += [(Text(line.words), line.mine) for line in chronicle.take_wholes(step.after, people)]
    return chronicle, log


def turn_heading(event: TurnBegan, people: People) -> Text:
    """Return what stands above the lines of a turn."""
    words = people.say("turn_heading", round=event.round, name=people.name(event.seat))
    return Text(words, style=people.style(event.seat))
