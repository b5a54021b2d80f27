"""`magnate logout`."""

from typing import Annotated

from typer import Option, echo

from magnate.commands import verb_app

app = verb_app()


@app.command()
def logout(
    server: Annotated[
        str | None, Option(metavar="URL", help="Server to sign out from.  [default: all of them]")
    ] = None,
) -> None:
    """Sign out of the servers that `magnate play` remembers.

    Your own server keeps your profile and your past games.
    """
    import asyncio

    from magnate.client.errors import ClientError, SessionFileDamaged
    from magnate.client.rest import RestClient
    from magnate.client.session import SessionFile, default_path, is_address

    sessions = SessionFile(default_path())

    async def end(where: str) -> None:
        async with RestClient(where, sessions) as rest:
            try:
                await rest.logout()
            except ClientError as error:
                echo(f"forgotten here; {error}", err=True)
            else:
                echo(f"signed out from {where}", err=True)

    try:
        remembered = [where for where in sessions.servers() if is_address(where)]
    except SessionFileDamaged as damaged:
        # It may hold tokens, and those are to go.
        sessions.delete()
        echo(f"deleted {damaged.path}, which was damaged: nobody is signed in any more", err=True)
        remembered = []
    servers = remembered if server is None else [server.rstrip("/")]
    for where in servers:
        asyncio.run(end(where))
    if not servers:
        echo("nobody is signed in", err=True)
