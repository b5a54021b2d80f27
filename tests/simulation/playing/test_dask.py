"""Games on a Dask cluster: the same results as here."""

import sys
from collections.abc import Iterator

import pytest

from magnate.simulation.errors import SettingsError, WorkerError
from magnate.simulation.playing.dask_pool import DaskPool
from magnate.simulation.playing.pool import SerialPool, in_order
from tests.simulation.runs import run_settings

distributed = pytest.importorskip("distributed")


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """Start a scheduler with two workers on the loopback."""
    cluster = distributed.LocalCluster(
        n_workers=2,
        threads_per_worker=1,
        processes=True,
        host="127.0.0.1",
        scheduler_port=0,
        dashboard_address="127.0.0.1:0",
    )
    yield cluster.scheduler_address
    cluster.close()


def test_a_cluster_plays_the_same_games(address: str) -> None:
    settings = run_settings("hard", "easy", max_rounds=5)
    pool = DaskPool(address)
    try:
        assert pool.workers == 2
        games = [game for chunk in in_order(pool, settings, 1, 13) for game in chunk]
    finally:
        pool.close()
    assert games == [game for chunk in in_order(SerialPool(), settings, 1, 13) for game in chunk]


def test_without_dask_there_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(SettingsError, match="--scheduler needs Dask: pip install 'magnate\\[dask\\]'"):
        DaskPool("tcp://127.0.0.1:1")


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:1", "nonsense://127.0.0.1:1"])
def test_where_no_scheduler_answers_there_is_one_clear_error(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("magnate.simulation.playing.dask_pool.CONNECT_SECONDS", 0.2)
    with pytest.raises(SettingsError, match="no Dask scheduler answers there"):
        DaskPool(address)


class ClientOfNobody:
    """Stands for the client of a scheduler that has no workers."""

    def __init__(self, address: str, **_: object) -> None:
        self.closed = False

    def nthreads(self) -> dict[str, int]:
        return {}

    def close(self) -> None:
        self.closed = True


def test_a_scheduler_without_workers_is_one_clear_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(distributed, "Client", ClientOfNobody)
    with pytest.raises(WorkerError, match="has no workers"):
        DaskPool("tcp://127.0.0.1:1")
