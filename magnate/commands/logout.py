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
    """Sign out of the servers that `magnate play` remembers."""
    import asyncio

    from magnate.client.errors import ClientError, SessionFileDamaged
    from magnate.client.rest import RestClient
    from magnate.client.session import SessionFile, default_path

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
        remembered = sessions.servers()
    except SessionFileDamaged as damaged:
        # It may hold tokens, which who signs out wants gone.
        sessions.delete()
        echo(f"deleted {damaged.path}, which was damaged: whoever was signed in is not any more", err=True)
        remembered = []
    servers = remembered if server is None else [server.rstrip("/")]
    for where in servers:
        asyncio.run(end(where))
    if not servers:
        echo("nobody is signed in", err=True)
