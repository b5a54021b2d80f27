"""Chunks over processes: results in the order of the games, whatever the number of processes and the clock."""

import multiprocessing
import sys
from contextlib import closing
from dataclasses import replace

import pytest

from magnate.simulation.errors import WorkerError
from magnate.simulation.playing import pool as pools
from magnate.simulation.playing.pool import Chunk, Pending, Pool, SerialPool, in_order, next_size, play_chunk
from magnate.simulation.playing.process_pool import ProcessPool
from magnate.simulation.results.game_result import GameResult
from magnate.simulation.settings import RunSettings
from tests.simulation.runs import made_up_games, odd, run_settings


class InstantPool(Pool):
    """Plays nothing; notes which chunks were asked for."""

    def __init__(self, workers: int, seconds: float) -> None:
        self.workers = workers
        self.seconds = seconds
        self.asked: list[tuple[int, int]] = []
        self.done = 0
        self.most_ahead = 0

    def submit(self, settings: RunSettings, first: int, after: int) -> Pending:
        self.asked.append((first, after))
        self.most_ahead = max(self.most_ahead, len(self.asked) - self.done)
        pool = self

        class Done:
            def result(self) -> Chunk:
                pool.done += 1
                game = made_up_games()[0]
                games = [
                    GameResult(number, 0, game.rounds, game.turns, game.actions, game.seats, game.squares)
                    for number in range(first, after)
                ]
                return Chunk(games, pool.seconds * len(games))

        return Done()

    def close(self) -> None:
        pass


def played(pool: Pool, games: int) -> list[int]:
    settings = run_settings("easy", "easy")
    return [game.game for chunk in in_order(pool, settings, 1, games + 1) for game in chunk]


@pytest.mark.parametrize("workers", [1, 2, 7])
@pytest.mark.parametrize("seconds", [0.0, 0.01, 30.0])
@pytest.mark.parametrize("games", [0, 1, 5, 1000])
def test_every_game_comes_once_and_in_order(workers: int, seconds: float, games: int) -> None:
    pool = InstantPool(workers, seconds)
    assert played(pool, games) == list(range(1, games + 1))
    assert pool.most_ahead <= pools.AHEAD * workers


def test_chunks_of_slow_games_stay_small_and_of_fast_ones_grow() -> None:
    assert next_size(1, 30.0) == 1
    assert next_size(4, 0.04) == 8
    assert next_size(64, 0.0001) == pools.LARGEST_CHUNK
    slow, fast = InstantPool(2, 30.0), InstantPool(2, 0.0001)
    played(slow, 100)
    played(fast, 1000)
    assert {after - first for first, after in slow.asked} == {1}
    assert max(after - first for first, after in fast.asked) == pools.LARGEST_CHUNK


def test_the_last_chunks_are_small_so_that_workers_end_together() -> None:
    pool = InstantPool(2, 0.0001)
    played(pool, 1000)
    assert [after - first for first, after in pool.asked[-4:]] == [1, 1, 1, 1]


def test_processes_play_the_same_games() -> None:
    settings = run_settings("hard", "easy", max_rounds=5)
    pool = ProcessPool(2)
    try:
        games = [game for chunk in in_order(pool, settings, 1, 13) for game in chunk]
    finally:
        pool.close()
    assert games == [game for chunk in in_order(SerialPool(), settings, 1, 13) for game in chunk]


def test_a_worker_that_is_gone_is_one_clear_error() -> None:
    pool = ProcessPool(2)
    try:
        with pytest.raises(WorkerError, match="is gone"):
            list(in_order(pool, run_settings(odd("Dies"), "easy"), 1, 5))
    finally:
        pool.close()


def half_a_result() -> ProcessPool:
    """Return a pool whose only process is in the middle of a result larger than its pipe holds."""
    pool = ProcessPool(1)
    pool.submit(run_settings("random", "random", max_rounds=1, record=True), 1, 513)
    (worker,) = pool._crew
    assert worker.pipe.poll(60)
    assert worker.process.is_alive()
    return pool


def test_a_pool_closes_at_once_in_the_middle_of_a_result() -> None:
    pool = half_a_result()
    pool.close()
    assert not multiprocessing.active_children()


def test_a_worker_that_dies_in_the_middle_of_a_result_is_gone_like_any_other() -> None:
    pool = half_a_result()
    try:
        (worker,) = pool._crew
        (task,) = worker.tasks
        worker.process.kill()
        with pytest.raises(WorkerError, match="is gone"):
            task.result()
        with pytest.raises(WorkerError, match="is gone"):
            pool.submit(task.settings, 1, 2).result()
    finally:
        pool.close()


def test_games_of_others_are_kept_when_one_worker_dies() -> None:
    pool = ProcessPool(2)
    try:
        fatal = pool.submit(run_settings(odd("Dies"), "easy"), 1, 2)
        good = [pool.submit(run_settings("random", "random", max_rounds=1), game, game + 1) for game in range(1, 7)]
        with pytest.raises(WorkerError, match="is gone"):
            fatal.result()
        played = 0
        for task in good:
            try:
                played += len(task.result().games)
            except WorkerError:
                continue
        assert played >= 5, "only what had been handed to the dead one is lost"
    finally:
        pool.close()


def test_what_bots_print_is_no_result(capsys: pytest.CaptureFixture[str]) -> None:
    play_chunk(run_settings(odd("Prints"), odd("Plain"), max_rounds=1), 1, 2)
    said = capsys.readouterr()
    assert said.out == ""
    assert "hm" in said.err
    assert sys.stdout is not sys.stderr


def test_a_process_with_other_code_of_a_bot_plays_nothing() -> None:
    settings = run_settings(odd("Plain"), "easy")
    bots = (replace(settings.bots[0], digest="of another machine"), settings.bots[1])
    with closing(ProcessPool(1)) as pool, pytest.raises(WorkerError, match=r"the code of .*odd_bots\.py.* has changed"):
        list(in_order(pool, replace(settings, bots=bots), 1, 3))
