"""Durable storage: the interface that the server stands on, and its embedded implementation on SQLite."""

from magnate.server.storage.interface import Storage
from magnate.server.storage.sqlite import SqliteStorage, open_storage

__all__ = ["SqliteStorage", "Storage", "open_storage"]
