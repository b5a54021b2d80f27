"""The client library, without Textual: sign in, rooms and games on a server."""
