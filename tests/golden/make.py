"""The golden games: `python -m tests.golden.make` plays them anew and writes their files beside this one.

`NAME.jsonl` is the record of a game, `NAME.events.jsonl` what `magnate replay --json` prints of it, and of the eventful
one `NAME.en.txt` and `NAME.es.txt` what it tells. They change only when the rules, a format or a wording does; look at
the difference before you commit it.
"""

import io
from pathlib import Path
from typing import Final, NamedTuple

from magnate.commands.replay import Lang, lines_of_words
from magnate.engine.cards import Card, deck
from magnate.engine.chance import Recorder, Seeded
from magnate.engine.record import Record, read_record
from magnate.engine.recording import RecordWriter
from magnate.engine.retelling import lines_with_events
from tests.engine.play import steps

FOLDER: Final = Path(__file__).parent
NAMES: Final = ("expert", "Zoë", "", "random")


TOLD: Final = "eventful"
"""The game that is told in words."""


class Golden(NamedTuple):
    """How a golden game is played."""

    seed: int
    seats: int
    max_rounds: int
    eventful: bool = False
    """Whether chance gives many doubles and triples, and every card in turn."""


GAMES: Final[dict[str, Golden]] = {
    "two": Golden(30, 2, 10, eventful=True),
    "three": Golden(37, 3, 10, eventful=True),
    "four": Golden(4, 4, 6),
    "eventful": Golden(30, 4, 12, eventful=True),
}
"""The golden games by name."""


class Eventful(Seeded):
    """Chance that often throws a die as it lay before, and gives one card of the deck after the other."""

    def __init__(self, seed: int) -> None:
        super().__init__(seed)
        self._die = 1
        self._cards = seed

    def die(self) -> int:
        """Return one throw of a die."""
        if self.below(2):
            self._die = self.below(6) + 1
        return self._die

    def card(self) -> Card:
        """Return the next card."""
        self._cards += 1
        types = deck()
        return types[self._cards % len(types)].cards[0]


def play(golden: Golden) -> str:
    """Play a golden game and return its record."""
    chance = Recorder(Eventful(golden.seed) if golden.eventful else Seeded(golden.seed))
    out = io.StringIO()
    for step in steps(golden.seed, chance, golden.seats, golden.max_rounds):
        outcomes = chance.take()
        if step.action is None:
            writer = RecordWriter(out, step.state, names=NAMES[: golden.seats], seed=golden.seed)
        else:
            writer.move(step.seat, step.action, outcomes)
    writer.result(step.state)
    return out.getvalue()


def views(name: str, record: Record) -> dict[str, str]:
    """Return what `magnate replay` makes of the record of a game, by the name of its file."""
    moves = range(1, len(record.moves) + 1)
    lines = {f"{name}.events.jsonl": lines_with_events(record, moves)}
    if name == TOLD:
        lines |= {f"{name}.{lang.value}.txt": lines_of_words(record, moves, lang) for lang in Lang}
    return {file: "".join(f"{line}\n" for line in some) for file, some in lines.items()}


def main() -> None:
    """Write the files of all golden games."""
    for name, golden in GAMES.items():
        text = play(golden)
        for file, content in {f"{name}.jsonl": text, **views(name, read_record(io.StringIO(text)))}.items():
            (FOLDER / file).write_text(content, encoding="utf-8", newline="\n")
            print(f"{file}: {len(content):,} characters")


if __name__ == "__main__":
    main()
