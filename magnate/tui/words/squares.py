"""One square in words: what it is, what it costs, and what happens to who goes there."""

from rich.text import Text

from magnate.engine.board import BRIDGES, MAX_LEVEL, PLAIN_GROUPS, Board, Kind
from magnate.engine.state import FREE, State
from magnate.engine.view import bail_destination, rent
from magnate.texts import in_language
from magnate.texts.squares import DISTRICTS, square_name
from magnate.tui.board.face import codes
from magnate.tui.board.palette import PALETTES
from magnate.tui.words.people import People


def title(state: State, square: int, people: People) -> Text:
    """Return code, name and number of a square, in its group's colour."""
    code = codes(state.board).get(square)
    name = f"{square_name(square, people.lang)} ({square})"
    group = state.board.group[square]
    palette = PALETTES[people.palette]
    return Text(f"{code} {name}" if code else name, style=f"bold {palette.group(group) if group else palette.special}")


def called(state: State, square: int, people: People) -> str:
    """Return code and name of a square."""
    code, name = codes(state.board).get(square), square_name(square, people.lang)
    return f"{code} {name}" if code else name


def standing(state: State, square: int, people: People) -> str:
    """Return price or rent, owner, buildings and mortgage, in one line; nothing for what nobody can own."""
    board, say = state.board, people.say
    if not board.is_buyable[square]:
        return about(state, square, people)
    owner = state.owner[square]
    if owner == FREE:
        return f"{say('free')} · {say('price', amount=board.price[square])}"
    return " · ".join([say("owned_by", name=people.name(owner)), *owned_parts(state, square, people)])


def owned_parts(state: State, square: int, people: People) -> list[str]:
    """Return rent or mortgage, and the buildings, of a square that somebody owns."""
    say, level = people.say, state.level[square]
    earns = say("mortgaged") if state.mortgaged[square] else say("rent", amount=rent(state, square))
    return [earns, *([buildings(level, people)] if level else [])]


def buildings(level: int, people: People) -> str:
    """Return what stands on a square of that level."""
    return people.say("hotel") if level == MAX_LEVEL else people.say("houses", count=level)


def about(state: State, square: int, people: People) -> str:
    """Return what a square that nobody can own does; of a bridge, where it leads."""
    board = state.board
    amounts = {Kind.EXIT: board.salary, Kind.JAIL: board.bail}
    kind = board.kind[square]
    if kind in (Kind.PROPERTY, Kind.SERVER):
        return ""
    amount = fares(board, square) if kind is Kind.TRAM else amounts.get(kind, 0)
    return people.say(f"about_{kind.value}", amount=amount)


def fares(board: Board, here: int) -> str:
    """Return what the rides from one tram stop to the others cost."""
    return "/".join([str(fare) for fare in sorted({board.fare[stop] for stop in board.trams if stop != here})])


def rents_line(state: State, square: int, people: People) -> str:
    """Return all rents of a square in one line, or what else there is to say."""
    rents = state.board.rents[square]
    if not rents:
        return ""
    return f"{people.say('rent_here')} {' '.join(str(amount) for amount in rents)}"


def deed(state: State, square: int, people: People) -> list[tuple[str, str]]:
    """Return the lines of a property card: what, and how much; none for what nobody can own."""
    board, say = state.board, people.say
    if not board.is_buyable[square]:
        return []
    group, rents = board.group[square], board.rents[square]
    owner = state.owner[square]
    district = DISTRICTS.get(group)
    lines = [(say("district"), in_language(district, people.lang))] if district is not None else []
    lines.append((say("owner"), say("nobody") if owner == FREE else people.name(owner)))
    if owner != FREE and state.mortgaged[square]:
        lines[-1] = (lines[-1][0], f"{lines[-1][1]} ({say('mortgaged')})")
    lines.append((say("price", amount="").strip().capitalize(), str(board.price[square])))
    if group <= PLAIN_GROUPS:
        lines.append((say("rent_here"), str(rents[0])))
        lines.append((say("rent_group"), str(2 * rents[0])))
        lines += [(_rent_at(level, people), str(rents[level])) for level in range(1, MAX_LEVEL + 1)]
        lines.append((say("build_price"), str(board.build_price[square])))
    else:
        lines += [(people.say("rent_owned", count=count), str(amount)) for count, amount in enumerate(rents, 1)]
    lines.append((say("mortgage_value"), str(board.mortgage[square])))
    return lines


def _rent_at(level: int, people: People) -> str:
    return people.say("rent_hotel") if level == MAX_LEVEL else people.say("rent_houses", count=level)


def rent_line(state: State, square: int, people: People) -> str:
    """Return which line of the property card tells the rent of a square as it is now; empty where it earns none."""
    board = state.board
    due = rent(state, square) if board.is_buyable[square] else 0
    if not due:
        return ""
    if board.group[square] > PLAIN_GROUPS:
        return people.say("rent_owned", count=board.rents[square].index(due) + 1)
    if state.level[square]:
        return _rent_at(state.level[square], people)
    return people.say("rent_here" if due == board.rents[square][0] else "rent_group")


def about_bridge(state: State, square: int, people: People) -> str:
    """Return where a bridge leads; nothing for what is none."""
    return people.say("about_bridge") if state.board.group[square] == BRIDGES else ""


def consequence(state: State, seat: int, square: int, people: People) -> str:
    """Return what happens to `seat` when it chooses a square: how far, what it gets and what it pays."""
    say, board = people.say, state.board
    steps = state.jail_roll if square == bail_destination(state) else dict(state.choices).get(square)
    if steps is None:
        return say("ride_stay") if square == state.position[seat] else say("ride", amount=board.fare[square])
    parts = [say("steps", count=steps) if steps else say("jump")]
    salary = board.exits[state.position[seat]][steps] if steps else int(square == board.exit)
    if salary:
        parts.append(say("passes_exit", amount=f"+{salary * board.salary}"))
    arrival = _arrival(state, seat, square, people)
    if not salary or arrival != say("then_nothing"):
        parts.append(arrival)
    return " · ".join(parts)


def _arrival(state: State, seat: int, square: int, people: People) -> str:
    say, board = people.say, state.board
    if board.is_buyable[square]:
        owner = state.owner[square]
        if owner == FREE:
            return say("then_buy", amount=board.price[square])
        due = rent(state, square)
        if owner != seat and due:
            return say("then_rent", amount=due, name=people.name(owner))
        return say("then_nothing")
    match board.kind[square]:
        case Kind.FANTASY:
            return say("then_card")
        case Kind.GO_TO_JAIL:
            return say("then_jail")
        case Kind.PARKING:
            return say("then_pot", amount=state.pot)
        case Kind.TRAM:
            return say("then_tram")
        case _:
            return say("then_nothing")


def hint(state: State, square: int, people: People, *, choice: bool) -> list[Text]:
    """Return the lines about the square under the cursor, the most important first."""
    lines = [title(state, square, people)]
    if choice:
        words = consequence(state, people.viewer, square, people)
        lines.append(Text(f"» {words}", style=f"bold {PALETTES[people.palette].text}"))
    for words in (
        standing(state, square, people),
        rents_line(state, square, people),
        about_bridge(state, square, people),
    ):
        if words:
            lines.append(Text(words))
    return lines
