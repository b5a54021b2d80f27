"""The middle of the board in words and dice: what happens at the moment, the roll, the round and the pot."""

import textwrap
from collections.abc import Sequence
from typing import Final

from rich.text import Text

from magnate.engine.actions import TradeProposal
from magnate.engine.board import Kind
from magnate.engine.phases import Phase
from magnate.engine.state import State
from magnate.texts.cards import card_effect, card_title
from magnate.texts.narration import HIGHEST_PLAIN_BUS, Narrator
from magnate.texts.squares import square_name
from magnate.tui.board.motion import Dice
from magnate.tui.board.palette import PALETTES
from magnate.tui.words.people import People

_PIPS: Final = {
    1: ("     ", "  ●  ", "     "),
    2: ("●    ", "     ", "    ●"),
    3: ("●    ", "  ●  ", "    ●"),
    4: ("●   ●", "     ", "●   ●"),
    5: ("●   ●", "  ●  ", "●   ●"),
    6: ("●   ●", "●   ●", "●   ●"),
}
_BUS: Final = ("╭───╮", "│BUS│", "╰o─o╯")
_SMALL_DIE: Final = 5
"""Columns of a die that shows its number."""
_LARGE_DIE: Final = 7
"""Columns of a die that shows its pips."""


def phase_words(state: State, people: People) -> str:
    """Return what the game waits for."""
    if state.phase is Phase.MANAGEMENT and state.board.kind[state.position[state.turn_seat]] is Kind.TRAM:
        return people.say("phase_tram")
    if state.phase is Phase.ROLL_THE_DICES and state.jail_roll:
        return people.say("phase_bail")
    return people.say(f"phase_{state.phase.value}")


def bidders(state: State) -> list[int]:
    """Return the seats that have yet to bid in the auction, in turn order; nobody where there is none."""
    return [seat for seat in state.order if seat in state.to_bid]


def whose_turn(state: State, people: People) -> str:
    """Return whose turn it is, or who is to bid or to answer."""
    me = people.viewer
    if me in bidders(state):
        return people.say("your_bid_now")
    if state.phase is Phase.PROPOSAL_ACCEPTANCE:
        mine = state.phase_seat == me
        return people.say("your_answer") if mine else people.say("answer_of", name=people.name(state.phase_seat))
    if state.phase_seat == me:
        return people.say("your_turn")
    return people.say("turn_of", name=people.name(state.turn_seat))


def round_words(state: State, people: People) -> str:
    """Return which round it is, and of how many."""
    last = state.settings.max_rounds
    return (
        people.say("round", round=min(state.round, last), last=last)
        if last
        else people.say("round_open", round=state.round)
    )


def moment(state: State, people: People, width: int, height: int) -> list[Text]:
    """Return what lies on the table, as it fits into an area of that size: a card, an auction or a trade."""
    head, body = _moment(state, people)
    if not head:
        return []
    lines = [Text(head, style=f"bold {PALETTES[people.palette].players[2]}")]
    for sentence in body:
        lines += [Text(line) for line in textwrap.wrap(sentence, width)]
    return lines[:height]


def headline(state: State, people: People) -> str:
    """Return what stands above the event of the moment; nothing where there is none."""
    return _moment(state, people)[0]


def latest(told: Sequence[str], width: int, height: int) -> list[Text]:
    """Return the newest sentences that fit whole into an area, the newest last and bright."""
    blocks: list[list[str]] = []
    room = height
    for sentence in reversed(told):
        block = textwrap.wrap(sentence, width)
        if len(block) > room:
            if not blocks:
                blocks.append(block[:height])
            break
        blocks.append(block)
        room -= len(block)
    lines: list[Text] = []
    for age, block in enumerate(blocks):
        lines[:0] = [Text(line, style="" if age == 0 else "dim") for line in block]
    return lines


def _moment(state: State, people: People) -> tuple[str, list[str]]:
    say = people.say
    if state.phase is Phase.CHOOSE_FANTASY and state.card is not None:
        card = state.card
        title = say("card_for", title=card_title(card, people.lang), price=card.price)
        return title, [card_effect(card, people.lang)]
    if state.phase is Phase.AUCTION:
        return _auction(state, people)
    if state.phase is Phase.PROPOSAL_ACCEPTANCE and state.trade is not None:
        head = say("trade_of", name=people.name(state.turn_seat), other=people.name(state.trade.destination))
        return head, trade_terms(state.trade, people)
    return "", []


def trade_terms(trade: TradeProposal, people: People) -> list[str]:
    """Return what the proposer of a trade gives and gets, a sentence each."""
    narrator = Narrator(lang=people.lang)

    def goods(money: int, squares: Sequence[int]) -> str:
        return narrator.some([*([str(money)] if money else []), *(narrator.square(square) for square in squares)])

    return [
        people.say("trade_gives", goods=goods(trade.offered_money, trade.offered_properties)),
        people.say("trade_gets", goods=goods(trade.asked_money, trade.asked_properties)),
    ]


def _auction(state: State, people: People) -> tuple[str, list[str]]:
    say = people.say
    square = state.position[state.turn_seat]
    head = say("auction_of", square=square_name(square, people.lang))
    body = [say("auction_sealed", price=state.board.price[square])]
    me = people.viewer
    if me in state.bids:
        body.append(say("your_bid", amount=state.bids[me]))
    waits = [seat for seat in bidders(state) if seat != me]
    if waits:
        body.append(say("auction_waits", names=people.names_of(waits)))
    return head, body


def middle(state: State, people: People, dice: Dice | None, width: int, height: int) -> list[Text]:
    """Return dice, pot, round and whose turn it is for the middle of the board."""
    palette = PALETTES[people.palette]
    lines = [Text(round_words(state, people), style=palette.quiet)]
    lines += _dice(dice, people, width, height)
    turn = Text.assemble(
        people.badge(state.turn_seat), " ", (people.name(state.turn_seat), people.style(state.turn_seat))
    )
    lines.append(turn)
    if len(lines) < height:
        lines.append(Text(people.say("pot", amount=state.pot), style=palette.quiet))
    for line in lines:
        line.truncate(width, overflow="ellipsis")
        line.pad_left((width - line.cell_len) // 2)
    blank = max((height - len(lines)) // 2, 0)
    return [Text()] * blank + lines


def _dice(dice: Dice | None, people: People, width: int, height: int) -> list[Text]:
    large = width >= 3 * _LARGE_DIE and height >= 9
    if dice is None:
        return [Text()] * (5 if large else 3)
    faces = [(dice.first, False), (dice.second, False)]
    if dice.bus:
        faces.append((dice.bus, dice.bus > HIGHEST_PLAIN_BUS))
    style = PALETTES[people.palette].quiet if dice.rolling else "bold"
    drawn = [_large_die(*face) if large else _small_die(*face) for face in faces]
    return [Text("".join(parts), style=style) for parts in zip(*drawn, strict=True)]


def _small_die(face: int, bus: bool) -> tuple[str, ...]:
    return _BUS if bus else ("┌───┐", f"│ {face} │", "└───┘")


def _large_die(face: int, bus: bool) -> tuple[str, ...]:
    if bus:
        return ("╭─────╮", "│ ▢ ▢ │", "│ BUS │", "╰─o─o─╯", "       ")
    return ("┌─────┐", *(f"│{row}│" for row in _PIPS[face]), "└─────┘")
