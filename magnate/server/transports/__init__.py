"""Below the application: the bytes of HTTP and WebSockets, and what a client may make of them.

`foundations` names every private thing of uvicorn and websockets that this package stands on.
"""
