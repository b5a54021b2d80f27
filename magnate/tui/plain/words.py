"""How a game stands, in sentences: what the screen shows at a glance, one line each."""

from collections.abc import Sequence

from magnate.engine.actions import Action, MoveTo, NextPhase, PayBail
from magnate.engine.phases import Phase
from magnate.engine.state import FREE
from magnate.engine.statistics import bonus_rules
from magnate.engine.view import GameView, bail_destination, bid_limits, net_worth, sentence
from magnate.texts import in_language
from magnate.texts.cards import card_effect, card_title
from magnate.texts.choices import choice_words, goods
from magnate.texts.plain import PLAIN, plain
from magnate.texts.sentences import CATEGORIES
from magnate.texts.squares import square_name
from magnate.tui.words.bargain import bargain_lines
from magnate.tui.words.effects import effects, group_effects, next_turn_words
from magnate.tui.words.moment import bidders, phase_words, round_words
from magnate.tui.words.offers import Offer, offers
from magnate.tui.words.people import People
from magnate.tui.words.ranking import ranking, winner_words
from magnate.tui.words.sales import sales, suggestion
from magnate.tui.words.squares import consequence, owned_parts, title


def called(people: People, seat: int) -> str:
    """Return letter and name of a seat: the letter is what a trade is addressed to."""
    letter, name = people.letter(seat), people.name(seat)
    return letter if name == letter else f"{letter} {name}"


def introduced(people: People, seat: int) -> str:
    """Return letter and name of a seat, and of a bot the level."""
    name, level = called(people, seat), people.level(seat)
    return f"{name} ({level})" if level else name


def called_all(people: People, seats: Sequence[int]) -> str:
    """Return letters and names, the viewer first and called "you"."""
    others = [called(people, seat) for seat in seats if seat != people.viewer]
    return ", ".join([plain("you", people.lang), *others] if people.viewer in seats else others)


def placed(square: int, lang: str) -> str:
    """Return the name and the number of a square."""
    return f"{square_name(square, lang)} ({square})"


def waits(view: GameView, people: People) -> str:
    """Return whom the game waits for, and what it waits for."""
    lang = people.lang
    if view.phase is Phase.END_GAME:
        return plain("over", lang)
    if view.phase is Phase.AUCTION:
        return plain("waits_bids", lang, names=called_all(people, bidders(view)))
    phase = phase_words(view, people)
    if view.phase_seat == people.viewer:
        return plain("waits_you", lang, phase=phase)
    return plain("waits", lang, name=called(people, view.phase_seat), phase=phase)


def status_lines(view: GameView, people: People, seconds: int | None) -> list[str]:
    """Return the round, the pot, whose turn it is, what lies on the table and what the game waits for.

    Args:
        view: The game.
        people: Who plays.
        seconds: Until the phase times out, or None.
    """
    turn = "your_turn" if view.turn_seat == people.viewer else "turn_of"
    turns = people.say(turn, name=called(people, view.turn_seat))
    pot = people.say("pot", amount=view.pot)
    lines = [plain("status", people.lang, round=round_words(view, people), pot=pot, turn=turns)]
    lines += filter(None, [people.you_are_out(view)])
    return [*lines, *table_lines(view, people), waits(view, people), *time_lines(seconds, people)]


def time_lines(seconds: int | None, people: People) -> list[str]:
    """Return how much time is left; nothing where there is no limit."""
    return [] if seconds is None else [plain("time_left", people.lang, count=seconds)]


def own_lines(view: GameView, people: People, seconds: int | None) -> list[str]:
    """Return the viewer's money, square, jail and time left; and how to cover a debt."""
    me, lang = people.viewer, people.lang
    lines = [plain("money", lang, money=view.balance[me], square=placed(view.position[me], lang))]
    if view.jail_turns[me]:
        lines.append(plain("jail_turns", lang, count=view.jail_turns[me]))
    lines += time_lines(seconds, people)
    debt = -view.balance[me]
    if debt > 0:
        lines.append(plain("short", lang, amount=debt))
        if view.phase is Phase.LIQUIDATION and view.phase_seat == me:
            lines.append(_suggested(view, people, debt))
    return lines


def _suggested(view: GameView, people: People, debt: int) -> str:
    picked = suggestion(sales(view), debt)
    if sum(sale.brings for sale in picked) < debt:
        return people.say("sell_short")
    named = [choice_line(view, sale.action, people) for sale in picked]
    return plain("suggestion", people.lang, sales="; ".join(named))


def table_lines(view: GameView, people: People) -> list[str]:
    """Return what lies on the table: a card, an auction or a trade; nothing where nothing does."""
    lang, me = people.lang, people.viewer
    if view.card is not None and view.phase is Phase.CHOOSE_FANTASY:
        card = plain("shown_card", lang, title=card_title(view.card, lang), effect=card_effect(view.card, lang))
        return [f"{card} {plain('shown_price', lang, price=view.card.price)}"]
    if view.phase is Phase.AUCTION:
        square = view.position[view.turn_seat]
        lines = [plain("auction", lang, square=placed(square, lang), price=view.board.price[square])]
        limits = bid_limits(view, me)
        if limits is not None:
            group = group_effects(view, square, lang)
            lines += [plain("auction_group", lang, then=people.say(each.key, **each.values)) for each in group]
            lines.append(plain("auction_bid", lang, most=limits.most))
        elif me in view.bids:
            lines.append(people.say("your_bid", amount=view.bids[me]))
        return lines
    trade = view.trade
    if trade is None or view.phase is not Phase.PROPOSAL_ACCEPTANCE:
        return []
    terms = {
        "who": called(people, view.turn_seat),
        "given": goods(trade.offered_money, trade.offered_properties, lang),
        "taken": goods(trade.asked_money, trade.asked_properties, lang),
    }
    if trade.destination != me:
        return [plain("trade_of_others", lang, other=called(people, trade.destination), **terms)]
    return [plain("trade_on_table", lang, **terms), *bargain_lines(view, people)]


def choice_line(view: GameView, action: Action, people: People) -> str:
    """Return what an action means now, and what comes of it: where it leads, what it earns, and what is left."""
    lang, me = people.lang, people.viewer
    words = choice_words(view, action, lang, lambda seat: called(people, seat))
    parts = effect_parts(view, action, people)
    match action:
        case MoveTo(square):
            parts.insert(0, consequence(view, me, square, people))
        case PayBail(to_pay=True) if (led := bail_destination(view)) is not None:
            then = ", ".join([consequence(view, me, led, people), *parts])
            return plain("bail_then", lang, choice=words, square=placed(led, lang), then=then)
        case NextPhase() if view.phase is Phase.BUSINESS:
            parts.append(next_turn_words(view, people))
    then = ", ".join(part for part in parts if part)
    return plain("choice", lang, choice=words, then=then) if then else words


def effect_parts(view: GameView, action: Action, people: People) -> list[str]:
    """Return what comes of an action, each thing in words that can be read aloud."""
    found = effects(view, action, people.lang)
    return [
        plain(each.key, people.lang, **each.values) if each.key in PLAIN else people.say(each.key, **each.values)
        for each in found
    ]


def offer_words(view: GameView, offer: Offer, people: People) -> str:
    """Return what an offer means, with the square and the price where it has one action."""
    return offer.label if offer.action is None else choice_line(view, offer.action, people)


def why_lines(view: GameView, people: People) -> list[str]:
    """Return what the viewer may not do now and why; or whom the game waits for."""
    found = offers(view, people)
    if not found:
        return [*filter(None, [people.you_are_out(view)]), waits(view, people)]
    refused = [
        plain("not_now", people.lang, what=offer_words(view, offer, people), why=sentence(offer.reason, people.lang))
        for offer in found
        if offer.reason is not None
    ]
    return refused or [plain("all_allowed", people.lang)]


def player_lines(view: GameView, people: People) -> list[str]:
    """Return how everybody stands, in turn order."""
    lang, lines = people.lang, []
    for seat in view.order:
        level = people.level(seat)
        name = f"{people.name(seat)} ({level})" if level else people.name(seat)
        who = {"letter": people.letter(seat), "name": name}
        if not view.alive[seat]:
            lines.append(plain("out", lang, why=people.why_out(view, seat), **who))
            continue
        more = [plain("you", lang)] if seat == people.viewer else []
        if view.jail_turns[seat]:
            more.append(plain("jailed", lang, count=view.jail_turns[seat]))
        lines.append(
            plain(
                "player",
                lang,
                money=view.balance[seat],
                worth=net_worth(view, seat),
                squares=plain("squares", lang, count=len(view.owned[seat])),
                square=placed(view.position[seat], lang),
                more="".join(f", {each}" for each in more),
                **who,
            )
        )
    return lines


def owned_lines(view: GameView, people: People) -> list[str]:
    """Return who owns what, in turn order."""
    lines = []
    for seat in view.order:
        for square in view.owned[seat]:
            stands = ", ".join(owned_parts(view, square, people))
            named = title(view, square, people).plain
            lines.append(plain("owned", people.lang, square=named, name=called(people, seat), standing=stands))
    return lines or [plain("nothing_owned", people.lang)]


def free_lines(view: GameView, people: People) -> list[str]:
    """Return the squares that nobody owns, with prices."""
    lines = [
        plain("free", people.lang, square=title(view, square, people).plain, price=view.board.price[square])
        for square in view.board.buyable
        if view.owner[square] == FREE
    ]
    return lines or [plain("nothing_free", people.lang)]


def result_lines(view: GameView, people: People) -> list[str]:
    """Return how the game ended: who won, the ranking and the bonuses."""
    lang = people.lang
    lines = [plain("over", lang), winner_words(view, people)]
    for rank, seat, worth in ranking(view):
        key = "rank" if view.alive[seat] else "rank_out"
        name = introduced(people, seat)
        why = people.why_out(view, seat)
        lines.append(plain(key, lang, rank=rank, name=name, worth=worth, money=view.balance[seat], why=why))
    for category, seats in view.bonuses:
        words = in_language(CATEGORIES[category], lang)
        names = people.names_of(seats)
        lines.append(plain("bonus", lang, amount=bonus_rules().amount, category=words, names=names))
    return lines
