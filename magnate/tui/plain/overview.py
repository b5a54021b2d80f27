"""How a game goes, in sentences: the estate with what is missing to each group, and who is winning."""

from collections.abc import Sequence

from magnate.engine.actions import Action
from magnate.engine.state import FREE
from magnate.engine.view import GameView, net_worth
from magnate.texts.plain import ESTATE_ORDERS, command_of, plain
from magnate.tui.plain.square import doing_lines
from magnate.tui.plain.words import called, introduced, placed
from magnate.tui.words.estate import ORDERS, Holding, estate
from magnate.tui.words.groups import group_name
from magnate.tui.words.people import People
from magnate.tui.words.squares import owned_parts, title
from magnate.tui.words.standings import Standing, standings


def estate_lines(view: GameView, people: People, order: str, listed: Sequence[Action]) -> list[str]:
    """Return the viewer's estate, square by square, with what is missing to the group and what may be done.

    Args:
        view: The game.
        people: Who plays.
        order: The word to sort by; nothing sorts by group.
        listed: What is offered by number, the first one by 1.
    """
    lang, by = people.lang, command_of(order, ESTATE_ORDERS) if order else ORDERS[0]
    if by is None:
        return [plain("estate_form", lang)]
    holdings = estate(view, people.viewer, by) if people.viewer >= 0 else []
    if not holdings:
        return [people.say("estate_none")]
    return [line for holding in holdings for line in _holding(view, people, holding, listed)]


def _holding(view: GameView, people: People, holding: Holding, listed: Sequence[Action]) -> list[str]:
    lang = people.lang
    words = {
        "square": title(view, holding.square, people).plain,
        "standing": ", ".join(owned_parts(view, holding.square, people)),
        "group": group_name(holding.group, lang),
        "have": holding.have,
        "whole": holding.whole,
    }
    lines = [plain("estate_line", lang, **words)]
    if holding.missing:
        lacking = ", ".join(_lacking(square, owner, people) for square, owner in holding.missing)
        lines.append(plain("estate_missing", lang, squares=lacking))
    return [*lines, *doing_lines(view, people, holding.square, listed)]


def _lacking(square: int, owner: int, people: People) -> str:
    who = people.say("free") if owner == FREE else called(people, owner)
    return f"{placed(square, people.lang)}, {who}"


def worth_lines(view: GameView, people: People, history: Sequence[Sequence[int]]) -> list[str]:
    """Return who is winning: rank, worth, lead and trend of each player, and everybody's worth round by round.

    Args:
        view: The game.
        people: Who plays.
        history: Net worth by seat at the beginning of each round that was seen.
    """
    lines = [_standing(each, people) for each in standings(view, history)]
    if history:
        now = [net_worth(view, seat) for seat in range(view.seats)]
        first = view.round - len(history) + 1
        for seat in people.order:
            amounts = ", ".join(str(row[seat]) for row in [*history, now])
            lines.append(plain("worths_rounds", people.lang, name=called(people, seat), first=first, amounts=amounts))
    return lines


def _standing(standing: Standing, people: People) -> str:
    lang, trend = people.lang, standing.trend
    lead = plain("ahead" if standing.lead >= 0 else "behind", lang, amount=abs(standing.lead))
    goes = "trend_none" if not trend else "trend_up" if trend > 0 else "trend_down"
    return plain(
        "worths_line",
        lang,
        rank=standing.rank,
        name=introduced(people, standing.seat),
        worth=standing.worth,
        lead=lead,
        trend=plain(goes, lang, amount=abs(trend or 0)),
    )
