"""Every message of the wire, known once, typed, read and written; no socket, no clock.

- `queue`, `room`, `commands`, `responses`, `game`: the messages of the three sockets, one class each.
- `rest`: the requests and answers over HTTP.
- `codes`, `strings`: close codes, error codes and the documented sentences.
- `codec`: text to message and back, on both ends; reading never raises.
- `translate`, `frames`: between the wire (user ids) and the engine (seats), by a `Seating`.
- `follow`: a client's copy of a game, kept in step by what the server sends.
- `examples`, `schemas`, `asyncapi`: one example of each message, JSON Schemas, the AsyncAPI document.
"""
