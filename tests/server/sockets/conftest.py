"""The servers and users of the tests of the wire."""

from tests.server.wire.conftest import Start, alice, bob, carol, server, shared_server, start

__all__ = ["Start", "alice", "bob", "carol", "server", "shared_server", "start"]
