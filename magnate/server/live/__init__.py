"""The live half of the server: the queue, the rooms and the games, as plain objects that need no socket.

They speak to `Peer`s, of which a WebSocket is one kind and a list in a test another; `sockets` is the thin layer
between these objects and Starlette.
"""
