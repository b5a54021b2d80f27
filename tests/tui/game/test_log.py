"""The log of a game: whole sentences at every width."""

import pytest
from rich.text import Text
from textual.app import App, ComposeResult

from magnate.tui.panels.log import Log

pytestmark = pytest.mark.anyio

SENTENCE = "Berta pays 100 to the pot: the price of a card that lies open on the table for everybody to see."


class LogApp(App[None]):
    def compose(self) -> ComposeResult:
        yield Log(id="log", most=3)


def lines(app: LogApp) -> list[str]:
    return [line.text.strip() for line in app.query_one(Log).lines]


@pytest.mark.parametrize(("before", "after"), [(100, 40), (40, 100)])
async def test_what_was_told_is_wrapped_anew_when_the_window_changes(before: int, after: int) -> None:
    app = LogApp()
    async with app.run_test(size=(before, 30)) as pilot:
        app.query_one(Log).tell(Text(SENTENCE))
        await pilot.pause()
        first = lines(app)
        await pilot.resize_terminal(after, 30)
        await pilot.pause()
        second = lines(app)
    assert " ".join(first) == " ".join(second) == SENTENCE
    assert (len(first) > len(second)) == (before < after)
    assert max(map(len, first + second)) <= max(before, after)
    assert max(map(len, second)) <= after


async def test_the_oldest_lines_are_forgotten_and_all_on_demand() -> None:
    app = LogApp()
    async with app.run_test(size=(40, 30)) as pilot:
        log = app.query_one(Log)
        for number in range(5):
            log.tell(Text(f"line {number}"))
        await pilot.pause()
        await pilot.resize_terminal(50, 30)
        await pilot.pause()
        assert lines(app) == ["line 2", "line 3", "line 4"]
        log.forget()
        await pilot.resize_terminal(40, 30)
        await pilot.pause()
        assert lines(app) == []
