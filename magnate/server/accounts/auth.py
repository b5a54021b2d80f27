"""Who is asking: by the query, the `Authorization` header or the session cookie of a request or handshake."""

from urllib.parse import parse_qsl

from starlette.requests import HTTPConnection

from magnate.server.accounts.origins import is_cookie_origin
from magnate.server.accounts.tokens import Tokens
from magnate.server.config import Settings
from magnate.server.errors import BadToken
from magnate.server.storage.records import User

COOKIE = "magnate_session"
MOST_QUERY_FIELDS = 20


def bearer_token(connection: HTTPConnection) -> str | None:
    """Return the token of the `Authorization` header, or None when there is no such header.

    Raises:
        BadToken: the header is not `Bearer <token>`.
    """
    header = connection.headers.get("authorization")
    if header is None:
        return None
    scheme, _, token = header.partition(" ")
    if scheme.lower() != "bearer" or not token.strip():
        raise BadToken("the Authorization header must be: Bearer <token>")
    return token.strip()


def address_of(connection: HTTPConnection) -> str:
    """Return the address of the client, as a trusted proxy tells it."""
    return connection.client.host if connection.client else "unknown"


async def rest_user(connection: HTTPConnection, tokens: Tokens) -> User:
    """Return the user of a REST request, by its access token alone (a cookie could be sent by any page).

    Raises:
        BadToken: there is no valid access token.
    """
    token = bearer_token(connection)
    if token is None:
        raise BadToken("authentication credentials were not provided")
    return await tokens.user_of_access(token)


async def socket_user(connection: HTTPConnection, tokens: Tokens, settings: Settings) -> User:
    """Return the user of a WebSocket handshake, by the first that is present: query, header, cookie.

    See "Connecting" in the protocol document.

    Raises:
        BadToken: none is present, the first one is not valid, or a cookie comes from an origin that is not allowed.
    """
    in_query = query_of(connection).get("token")
    if in_query is not None:
        return await tokens.user_of_access(in_query)
    token = bearer_token(connection)
    if token is not None:
        return await tokens.user_of_access(token)
    cookie = connection.cookies.get(COOKIE)
    if cookie is None:
        raise BadToken("authentication credentials were not provided")
    if not is_cookie_origin(connection, settings.allow_origin):
        raise BadToken(f"the session cookie does not count from the origin {connection.headers.get('origin')}")
    return await tokens.user_of_cookie(cookie)


def query_of(connection: HTTPConnection) -> dict[str, str]:
    """Return the fields of a handshake's query; of one that stands twice the last counts.

    Raises:
        BadToken: there are far too many.
    """
    # Not Starlette's `query_params`, which reads any number of fields: thousands fit into an address.
    query: bytes = connection.scope["query_string"]
    try:
        fields = parse_qsl(query.decode("latin-1"), keep_blank_values=True, max_num_fields=MOST_QUERY_FIELDS)
    except ValueError:
        raise BadToken(f"the query has more than {MOST_QUERY_FIELDS} fields") from None
    return dict(fields)
