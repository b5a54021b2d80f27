"""Fetch the libraries of the page from their published npm packages, and write them with their table.

`python -m scripts.vendor_web` needs `npm` and the network; nobody needs it to run or to change the page. A file is what
was published, but its imports name the file beside it: a page without inline scripts cannot map bare names.
"""

import hashlib
import io
import json
import re
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from typing import Final, NamedTuple

from magnate.web import STATIC

FOLDER: Final = STATIC / "vendor"
TABLE: Final = FOLDER / "vendored.json"


class Library(NamedTuple):
    """A file of a published package."""

    package: str
    version: str
    file: str
    """In the package."""
    name: str
    """In our folder."""


LIBRARIES: Final = (
    Library("preact", "11.2.0", "dist/preact.mjs", "preact.js"),
    Library("preact", "11.2.0", "hooks/dist/hooks.mjs", "hooks.js"),
    Library("@preact/signals-core", "1.14.5", "dist/signals-core.mjs", "signals-core.js"),
    Library("@preact/signals", "2.11.4", "dist/signals.mjs", "signals.js"),
    Library("htm", "3.1.1", "dist/htm.mjs", "htm.js"),
)
IMPORTS: Final = {"preact": "preact.js", "preact/hooks": "hooks.js", "@preact/signals-core": "signals-core.js"}
_IMPORT: Final = re.compile(r'(from\s*)"([^"./][^"]*)"')
_SOURCE_MAP: Final = re.compile(r"//# sourceMappingURL=\S+\s*$")


def local(text: str) -> str:
    """Return a published module with imports that name the files beside it, and without the map of its source."""
    return _SOURCE_MAP.sub("", _IMPORT.sub(lambda found: f'{found[1]}"./{IMPORTS[found[2]]}"', text))


def main() -> int:
    FOLDER.mkdir(exist_ok=True)
    rows = []
    for library in LIBRARIES:
        with tempfile.TemporaryDirectory() as directory:
            packed = subprocess.run(
                ["npm", "pack", "--json", f"{library.package}@{library.version}"],
                cwd=directory,
                capture_output=True,
                text=True,
                check=True,
            )
            (told,) = json.loads(packed.stdout)
            archive = (Path(directory) / told["filename"]).read_bytes()
        with tarfile.open(fileobj=io.BytesIO(archive)) as package:
            text = _member(package, library.file)
            about = json.loads(_member(package, "package.json"))
            licence = _member(package, "LICENSE")
        written = local(text)
        (FOLDER / library.name).write_text(written, encoding="utf-8")
        (FOLDER / f"LICENSE.{library.package.replace('@', '').replace('/', '-')}").write_text(licence, encoding="utf-8")
        rows.append(
            {
                "name": library.name,
                "package": library.package,
                "version": library.version,
                "file": library.file,
                "licence": about["license"],
                "integrity": told["integrity"],
                "sha256": hashlib.sha256(written.encode()).hexdigest(),
            }
        )
    TABLE.write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    print(f"wrote {len(rows)} libraries", file=sys.stderr)
    return 0


def _member(package: tarfile.TarFile, name: str) -> str:
    found = package.extractfile(f"package/{name}")
    assert found is not None
    return found.read().decode()


if __name__ == "__main__":
    sys.exit(main())
