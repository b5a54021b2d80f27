"""Access to one SQLite file: reads in a few threads, writes in one, and tables that go on without a damaged page."""

import asyncio
import sqlite3
import threading
from collections.abc import Awaitable, Callable, Collection
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from magnate.server.clock import Clock
from magnate.server.errors import DamagedDatabase, StorageError
from magnate.server.storage import users
from magnate.server.storage.database import connect, forget_pages, is_damage, storage_errors
from magnate.server.storage.files import Watch
from magnate.server.storage.records import Health
from magnate.server.storage.salvage import REFERRED, is_sound, move_table, rows_to_keep
from magnate.server.storage.writer import Writer

T = TypeVar("T")

READERS = 2
"""Reader threads, each with its own connection."""


class Access:
    """Reads and writes one open database, off the event loop."""

    def __init__(
        self, path: Path, writer: Writer, watch: Watch, clock: Clock, resources: ExitStack, connections: list[Database]
    ) -> None:
        self._path = path
        self._watch = watch
        self._writer = writer
        self.clock = clock
        self._resources = resources
        self._own = threading.local()
        self._connections = connections
        """All connections that only read; there is always one."""
        self._moving = asyncio.Lock()
        self._readers = ThreadPoolExecutor(READERS, thread_name_prefix="magnate-reader")

    @property
    def health(self) -> Health:
        """Whether the last write succeeded."""
        return self._writer.health

    async def read(self, call: Callable[[Database], T]) -> T:
        """Run `call` on a reader's connection, off the event loop, on one snapshot of the database."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._readers, self._read, call)
        except RuntimeError as error:  # the pool is shut down
            raise StorageError(self._path, "is closed") from error

    def _read(self, call: Callable[[Database], T]) -> T:
        self._watch.check()
        db: Database | None = getattr(self._own, "db", None)
        if db is None:
            db = connect(self._path, write=False)
            self._own.db = db
            self._connections.append(db)
        with storage_errors(self._path):
            try:
                with db.atomic():
                    return call(db)
            except sqlite3.DatabaseError as error:
                if is_damage(error):
                    forget_pages(db)
                self._writer.hear_of(error)
                raise

    async def write(self, call: Callable[[Database], T], *, single: bool = False) -> T:
        """Run `call` in the writer's next transaction; see `Writer.do`."""
        return await self._writer.do(call, single=single)

    async def read_user(self, call: Callable[[Database, str], T]) -> T:
        """Read users with the games that they are in; where the seats cannot be read, nobody is known to play."""
        try:
            return await self.with_tables(("users", "seats"), lambda: self.read(lambda db: call(db, users.PLAYS)))
        except DamagedDatabase:
            return await self.read(lambda db: call(db, users.PLAYS_NOTHING))

    async def with_tables(self, tables: Collection[str], attempt: Callable[[], Awaitable[T]]) -> T:
        """Do something that needs these tables; if a page of them is damaged, do it again on new ones."""
        try:
            return await attempt()
        except DamagedDatabase:
            async with self._moving:
                for table in tables:
                    if not await self.read(lambda db, table=table: is_sound(db, table)):  # type: ignore[misc]
                        await self.move_table(table)
        return await attempt()

    async def move_table(self, table: str, rows: Collection[tuple[object, ...]] | None = None) -> None:
        """Let a damaged table go on as a new one, with these rows or with all that can be read."""
        now_ms = self.clock()
        kept = await self.read(lambda db: rows_to_keep(db, table, now_ms)) if rows is None else rows
        try:
            await self.write(lambda db: move_table(db, table, kept, now_ms))
        except DamagedDatabase:
            if table in REFERRED:
                raise
            # What the rows refer to is damaged too.
            await self.write(lambda db: move_table(db, table, (), now_ms))

    async def close(self) -> None:
        """Commit what waits, then close the connections and let the file go."""
        await asyncio.to_thread(self._readers.shutdown)
        # The last connection folds the write-ahead log into the one file that people copy, if it may write. Where
        # somebody has put something else into that file, it must not.
        if self._watch.written_over:
            await self._writer.close()
        while self._connections:
            self._connections.pop().close()
        await self._writer.close()
        self._resources.close()
