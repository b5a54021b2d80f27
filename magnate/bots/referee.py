"""The referee between a bot and the game: whatever a bot does, the answer is an action that may be done, or a fault.

A bot is anybody's code: it may raise, answer nonsense or never answer. The referee tells which, and never raises; the
caller lets the bot surrender for it and reports it (docs: Bots, The referee).
"""

import signal
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from time import perf_counter
from types import FrameType
from typing import Final, TypeAlias

from msgspec.structs import fields

from magnate.bots.base import Bot
from magnate.bots.errors import BotFault, FaultKind
from magnate.bots.foreign.classes import code_of
from magnate.bots.foreign.running import CodeRaised, TimeUp, run
from magnate.engine.actions import ACTION_TYPES, SURRENDER, Action, Surrender, wrong_field
from magnate.engine.errors import sentence
from magnate.engine.game import legal_actions, why_not
from magnate.engine.state import State
from magnate.engine.view import GameView, view_for
from magnate.printable import class_name, shown

REPEATED_EVERY: Final = 0.05
"""Seconds until a bot that swallowed the interrupt is interrupted again."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What a bot did wrong instead of deciding."""

    kind: FaultKind
    message: str
    """One sentence that says so."""


Decision: TypeAlias = Action | Fault
"""What came of asking a bot: an action that may be done now, or a fault for which it surrenders."""


def decide(
    bot: Bot, state: State, seat: int, seconds: float | None = None, seed: Callable[[], int] | None = None
) -> Decision:
    """Ask the bot of `seat` for its action, and judge the answer.

    The bot gets a view of its own, so `state` stays as it is whatever the bot does to what it sees; `state` may itself
    be the view of `seat`.

    Args:
        bot: whom to ask.
        state: the game, in which `seat` has something to decide.
        seat: whose bot it is.
        seconds: the longest it may take, by the clock on the wall; None: as long as it likes. On the main thread of a
            process whose system has `setitimer` (not Windows) the bot is interrupted then; elsewhere its answer comes
            late and counts as a fault.

        seed: returns what the generators of chance that a process shares (`random`, `numpy.random`) are seeded with
            for the decision of a bot that is not built in; None leaves them alone.

    Raises:
        KeyboardInterrupt: somebody pressed Ctrl-C.
    """
    view = view_for(state, seat)
    legal = legal_actions(state, seat)
    code = code_of(bot)
    try:
        if code is not None:
            ask = (
                partial(_ask, bot, view, legal)
                if seconds is None
                else partial(_decide_within, bot, view, legal, seconds)
            )
            action = run(code, ask, seed=seed() if seed is not None else None)
        elif seconds is None:
            action = _ask(bot, view, legal)
        else:
            action = _decide_within(bot, view, legal, seconds)
    except TimeUp:
        return Fault(FaultKind.TOO_SLOW, f"took longer than {seconds:g} s")
    except CodeRaised as raised:
        if isinstance(raised.error, BotFault):
            return Fault(raised.error.kind, raised.error.message)
        return Fault(FaultKind.RAISED, str(raised))
    return _judged(state, seat, action)


def tell_end(bot: Bot, state: State, seat: int) -> Fault | None:
    """Tell the bot of `seat` how its game ended; return the fault where it raises something.

    Raises:
        KeyboardInterrupt: somebody pressed Ctrl-C.
    """
    if type(bot).game_over is Bot.game_over:
        return None
    view = view_for(state, seat)
    code = code_of(bot)
    try:
        if code is not None:
            run(code, lambda: bot.game_over(view))
        else:
            bot.game_over(view)
    except KeyboardInterrupt:
        raise
    except CodeRaised as raised:
        return Fault(FaultKind.RAISED, f"its game_over {raised}")
    except Exception as error:
        return Fault(FaultKind.RAISED, f"its game_over {CodeRaised(error)}")
    return None


def _ask(bot: Bot, view: GameView, legal: Sequence[Action]) -> Action:
    """Return the bot's answer.

    Raises:
        CodeRaised: it raised something; that is worded here, within its time, as the words may be its code too.
    """
    try:
        return bot.decide(view, legal)
    except (KeyboardInterrupt, TimeUp):
        raise
    except BaseException as error:
        raise CodeRaised(error) from error


def _judged(state: State, seat: int, action: Action) -> Decision:
    if type(action) not in ACTION_TYPES:
        return Fault(FaultKind.NO_ACTION, f"answered {_written(action)}, which is not an action")
    reason = why_not(state, seat, action)
    if reason is not None:
        if wrong := wrong_field(action):
            return Fault(FaultKind.NO_ACTION, f"answered {_written(action)}, whose {wrong} is of the wrong type")
        return Fault(FaultKind.ILLEGAL, f"answered {_written(action)}: {sentence(reason)}")
    # Only servers say of anybody that the time limits put it out.
    return SURRENDER if type(action) is Surrender else action


def _written(answer: object) -> str:
    """Return an answer as it is told in a fault; no code of the bot runs for that."""
    kind = type(answer)
    if kind not in ACTION_TYPES:
        return shown(answer)
    names = [field.name for field in fields(kind)]
    return f"{class_name(kind)}({', '.join([f'{name}={shown(getattr(answer, name))}' for name in names])})"


def _decide_within(bot: Bot, view: GameView, legal: Sequence[Action], seconds: float) -> Action:
    """Return the bot's answer.

    Raises:
        TimeUp: it took longer than `seconds`.
    """
    if threading.current_thread() is threading.main_thread() and hasattr(signal, "setitimer"):
        return _decide_interrupted(bot, view, legal, seconds)
    started = perf_counter()
    action = _ask(bot, view, legal)
    if perf_counter() - started > seconds:
        raise TimeUp
    return action


def _decide_interrupted(bot: Bot, view: GameView, legal: Sequence[Action], seconds: float) -> Action:
    thinking = True

    def interrupt(number: int, frame: FrameType | None) -> None:
        if thinking:
            raise TimeUp

    before = signal.signal(signal.SIGALRM, interrupt)
    started = perf_counter()
    try:
        signal.setitimer(signal.ITIMER_REAL, seconds, REPEATED_EVERY)
        try:
            action = _ask(bot, view, legal)
        finally:
            thinking = False
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, signal.SIG_DFL if before is None else before)
    # The bot may have swallowed the interrupt and answered all the same.
    if perf_counter() - started > seconds:
        raise TimeUp
    return action
