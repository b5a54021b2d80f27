"""Actions and events as plain data, and actions back: what files and other programs read (docs: Records and positions).

An action is an object whose `type` names its class, an event one whose `event` does; the rest of their keys are their
fields. Outcomes of chance are plain data as they are.
"""

from codecs import BOM_UTF8
from typing import TypeAlias

import msgspec

from magnate.engine.actions import Action
from magnate.engine.errors import DataError
from magnate.engine.events import Event

PlainData: TypeAlias = dict[str, object]
"""An object of names with numbers, texts, true or false, null, lists and objects: what JSON can hold."""


def without_mark(text: str | bytes) -> str | bytes:
    """Return text, or UTF-8, without the byte order mark that some editors put before it."""
    return text.removeprefix("\ufeff") if isinstance(text, str) else text.removeprefix(BOM_UTF8)


def action_to_data(action: Action) -> PlainData:
    """Return an action as plain data: `{"type": "Bid", "amount": 120}`."""
    data: PlainData = msgspec.to_builtins(action)
    return data


def action_from_data(data: object) -> Action:
    """Return the action that plain data tells of; keys that it does not know are let be.

    Raises:
        DataError: it tells of none.
    """
    try:
        action: Action = msgspec.convert(data, Action)
    except msgspec.ValidationError as error:
        raise DataError(str(error)) from None
    return action


def event_to_data(event: Event) -> PlainData:
    """Return what happened as plain data: `{"event": "Freed", "seat": 1, "paid": true}`."""
    data: PlainData = msgspec.to_builtins(event)
    return data
