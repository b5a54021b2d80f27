"""Write how far apart the levels are, as `docs/bots.md` shows it: a test of each neighbour, and a ladder of four.

`python -m scripts.calibration_docs` plays in one process and writes the page; `--check` writes nothing and exits with 1
if the page is not current. It takes some minutes.

Each level is to win 60 to 80 % of two-player games against the one below, and `very_easy` at least 75 % against
`random`. Each bound has a sequential probability ratio test of its own (Wald): it compares the hypotheses that the win
share is `MARGIN` below the bound and that it is as much above. After a game with the win w (1, 0, or the part of a
shared win) the log-likelihood ratio grows by w × log(above ÷ below) + (1 − w) × log((1 − above) ÷ (1 − below)). The
test ends when the ratio leaves ± log((1 − ERROR) ÷ ERROR), looked at whenever both bots have begun equally often. If
the truth is at least `MARGIN` away from the bound, the verdict is wrong with about the probability `ERROR`. A match
goes on until all its tests have ended, or for `MOST` games; then it is open.
"""

import re
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import log
from pathlib import Path
from typing import Final

from magnate.bots import LEVELS
from magnate.bots.loading import parse_bot
from magnate.simulation.figures.intervals import wilson
from magnate.simulation.playing.runner import play_game
from magnate.simulation.settings import RunSettings, Seating
from scripts.ladder_docs import ladder

PAGE: Final = Path(__file__).resolve().parent.parent / "docs" / "bots.md"
BLOCK: Final = re.compile(r"(<!-- from the code: calibration -->\n).*?(<!-- end -->)", re.DOTALL)
MARGIN: Final = 0.02
ERROR: Final = 0.05
MOST: Final = 6000
"""The most games of a match."""
SEED: Final = 12
LADDERS: Final = ("simulate --ladder --no-squares --jobs 1 --players 4 --games 60",)
"""What is played after the matches; the ladder of two players stands in `docs/simulate.md`."""


@dataclass(slots=True)
class ShareTest:
    """One test of whether a win share lies above or below a bound."""

    bound: float
    ratio: float = 0.0
    """The log-likelihood ratio so far; above 0 it speaks for a share above the bound."""
    above: bool | None = None
    """The verdict, or None while it is open."""

    def add(self, win: float, *, look: bool) -> None:
        """Count a game that was won, lost, or shared in part; the verdict is asked for only where `look` says so."""
        if self.above is not None:
            return
        low, high = self.bound - MARGIN, self.bound + MARGIN
        self.ratio += win * log(high / low) + (1 - win) * log((1 - high) / (1 - low))
        if look and abs(self.ratio) >= log((1 - ERROR) / ERROR):
            self.above = self.ratio > 0


@dataclass(slots=True)
class Match:
    """Two bots, and the bounds between which the first one's win share should lie."""

    first: str
    second: str
    least: float
    most: float | None
    games: int = 0
    wins: float = 0.0
    tests: list[ShareTest] = field(init=False)

    def __post_init__(self) -> None:
        """Begin a test for each bound."""
        self.tests = [ShareTest(bound) for bound in (self.least, self.most) if bound is not None]

    @property
    def verdict(self) -> str:
        """What came of it, in a word or two."""
        if any(test.above is None for test in self.tests):
            return "open"
        if not self.tests[0].above:
            return "too weak"
        return "too strong" if self.tests[-1].above and self.most is not None else "as it should be"

    def play(self, most: int = MOST, seed: int = SEED) -> "Match":
        """Play until the tests have ended, or for `most` games."""
        settings = RunSettings(
            bots=(parse_bot(self.first), parse_bot(self.second)),
            seats=(0, 1),
            sides=2,
            seed=seed,
            max_rounds=30,
            seating=Seating.ROTATE,
        )
        label = settings.bots[0].label
        while self.games < most and any(test.above is None for test in self.tests):
            self.games += 1
            win = sum([seat.win for seat in play_game(settings, self.games).seats if seat.bot == label])
            self.wins += win
            for test in self.tests:
                test.add(win, look=self.games % 2 == 0)
        return self


def matches() -> Iterator[Match]:
    """Yield the matches that the calibration promises."""
    yield Match("very_easy", "random", 0.75, None)
    for lower, higher in pairwise(LEVELS):
        yield Match(higher, lower, 0.6, 0.8)


def table(played: Sequence[Match]) -> str:
    """Return the verdicts as a table."""
    lines = ["| match | should win | wins | games | verdict |", "| --- | --- | --- | --- | --- |"]
    for match in played:
        low, high = wilson(match.wins, match.games) or (0.0, 1.0)
        least = f"{100 * match.least:.0f}"
        should = f"at least {least} %" if match.most is None else f"{least} to {100 * match.most:.0f} %"
        lines.append(
            f"| `{match.first}` against `{match.second}` | {should} | "
            f"{100 * match.wins / match.games:.1f} % ({100 * low:.1f}–{100 * high:.1f}) | {match.games:,} | "
            f"{match.verdict} |"
        )
    return "\n".join(lines)


def block(most: int = MOST, ladders: Sequence[str] = LADDERS) -> str:
    """Return all that stands on the page."""
    parts = [table([match.play(most) for match in matches()])]
    parts += [f"```text\n{ladder(command)}\n```" for command in ladders]
    return "\n\n".join(parts)


def main(arguments: list[str]) -> int:
    """Write the page, or with `--check` compare it."""
    text = PAGE.read_text(encoding="utf-8")
    assert BLOCK.search(text), "the page has no calibration"
    made = block()
    current = BLOCK.sub(lambda found: f"{found[1]}\n{made}\n\n{found[2]}", text)
    if text == current:
        return 0
    if "--check" in arguments:
        print(f"{PAGE.name} is not current: run python -m scripts.calibration_docs", file=sys.stderr)
        return 1
    PAGE.write_text(current, encoding="utf-8")
    print(f"wrote {PAGE.name}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
