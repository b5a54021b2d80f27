"""Games on a Dask cluster (`--scheduler tcp://…`, `pip install 'magnate[dask]'`).

The workers need the same version of Magnate, and the files of users' own bots at the same paths.
"""

from collections.abc import Callable
from typing import NamedTuple

from magnate.simulation.errors import SettingsError, WorkerError
from magnate.simulation.playing.pool import Chunk, Pending, Pool, play_chunk
from magnate.simulation.settings import RunSettings

CONNECT_SECONDS = 10


class DaskPool(Pool):
    """The workers of a Dask scheduler."""

    def __init__(self, address: str) -> None:
        """Connect to the scheduler at `address`, such as `tcp://10.0.0.5:8786`.

        Raises:
            SettingsError: Dask is not installed, the address is none, or nobody answers there.
            WorkerError: the scheduler has no workers.
        """
        try:
            from distributed import Client
        except ImportError:
            raise SettingsError("--scheduler needs Dask: pip install 'magnate[dask]'") from None
        try:
            self._client = Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ValueError, MemoryError) as error:  # another program's greeting may be taken for a huge size
            raise SettingsError(f"--scheduler {address}: no Dask scheduler answers there ({error})") from None
        self.workers = sum(self._client.nthreads().values())
        if not self.workers:
            self._client.close()
            raise WorkerError(f"the Dask scheduler at {address} has no workers")

    def submit(self, settings: RunSettings, first: int, after: int) -> Pending:
        """Hand the chunk to the cluster."""
        return _OnCluster(self._client.submit(play_chunk, settings, first, after, pure=False).result)

    def close(self) -> None:
        """Leave the cluster, which drops what it was still playing for this run."""
        self._client.close()


class _OnCluster(NamedTuple):
    wait: Callable[[], Chunk]

    def result(self) -> Chunk:
        from distributed import KilledWorker

        try:
            return self.wait()
        except KilledWorker as error:
            raise WorkerError(f"the Dask cluster gave up on a chunk of games: {error}") from None
