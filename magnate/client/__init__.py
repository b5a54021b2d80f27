"""The client library: sign in, find a game and play it, without Textual; for the terminal client and for bots.

- `rest`: the calls over HTTP (accounts, profile, shop, rooms, summaries);
- `session`: who is signed in where, remembered in a file that only its owner reads;
- `sockets`: the queue, a private room, a game: typed messages in both directions;
- `room`: a private room as the messages of its socket leave it;
- `game`: a game that is followed through lost connections, with a view that the engine understands.
"""
