"""`magnate config`."""

import os

from typer import echo

from magnate.commands import verb_app
from magnate.commands._settings import takes_settings
from magnate.server.config_sources import SECRET_VARIABLE, Loaded
from magnate.system import streams

app = verb_app()


@app.command()
@takes_settings()
def config(loaded: Loaded) -> None:
    """Print the settings of `magnate serve` and where each comes from.

    The output is a TOML file that --config reads. The signing key is never shown.
    """
    import dataclasses

    import tomlkit

    from magnate.server.accounts.signing_key import key_file

    settings = loaded.settings
    document = tomlkit.document()
    for field in dataclasses.fields(settings):
        value = str(settings.database) if field.name == "db" else getattr(settings, field.name)
        item = tomlkit.item(list(value) if isinstance(value, tuple) else value)
        document.add(field.name, item.comment(loaded.origins[field.name]))
    key = SECRET_VARIABLE if SECRET_VARIABLE in os.environ else key_file(settings.database)
    document.add(tomlkit.comment(f"signing key: from {key}"))
    streams.expect_data()
    echo(tomlkit.dumps(document), nl=False)
