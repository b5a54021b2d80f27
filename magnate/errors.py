"""The root of every error that Magnate raises on purpose.

The tree of errors::

    MagnateError
    ├── BotError            a bot that cannot be had (`magnate.bots.errors`)
    ├── EngineError         the rules refuse or cannot read something (`magnate.engine.errors`)
    ├── ProtocolError       client and server do not fit each other (`magnate.protocol.errors`)
    └── ServerError         a setting, a request or the storage is wrong (`magnate.server.errors`)

Each package draws its own branch in its `errors` module. Errors keep their facts as attributes and word themselves in
one clear sentence, which the command line prints as it is.
"""


class MagnateError(Exception):
    """Something that Magnate refuses, in one clear sentence.

    The command line prints it as `magnate: error: …` on stderr, without a traceback.
    """

    exit_code: int = 2
    """The exit code of the command that ends with this error."""
