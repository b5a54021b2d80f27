"""A real server, and somebody signed in on it."""

from tests.client.conftest import anyio_backend, rest, server

__all__ = ["anyio_backend", "rest", "server"]
