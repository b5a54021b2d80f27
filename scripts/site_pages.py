"""A hook of MkDocs: gives the site the pages and files that stand outside `docs/`, and turns the links to them.

On a git host the pages link each other as files: `../CONTRIBUTING.md`, `../magnate/engine/data/board.json`. The site
has the same pages in one folder, the README as its start, and the files that are linked below `source/`.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LINK = re.compile(r"(?<!`)(\]\()([^)\s#]+)(#[^)\s]*)?\)")

PAGES = {
    "README.md": "index.md",
    "CHANGELOG.md": "CHANGELOG.md",
    "CONTRIBUTING.md": "CONTRIBUTING.md",
    "SECURITY.md": "SECURITY.md",
}
"""Pages at the root of the repository, by what they are called on the site."""


def on_files(files: Any, config: Any) -> Any:
    """Add the pages from outside `docs/`, and the files that pages link."""
    from mkdocs.structure.files import File

    for name, uri in PAGES.items():
        files.append(File.generated(config, uri, abs_src_path=str(ROOT / name)))
    for path in sorted(linked_sources()):
        files.append(File.generated(config, site_uri(path), abs_src_path=str(ROOT / path)))
    return files


def on_page_markdown(markdown: str, page: Any, config: Any, files: Any) -> str:
    """Turn the links of a page to files of the repository into links of the site."""
    return turned(markdown, repository_path(page.file.src_uri))


def repository_path(uri: str) -> str:
    """Return where a page of the site stands in the repository."""
    outside = {each: name for name, each in PAGES.items()}
    return outside.get(uri, f"docs/{uri}")


def turned(markdown: str, source: str) -> str:
    """Return a page with its links as the site has them; `source` is its path in the repository."""

    def link(found: "re.Match[str]") -> str:
        target = _target(found[2], source)
        return found[0] if target is None else f"{found[1]}{site_uri(target)}{found[3] or ''})"

    return LINK.sub(link, markdown)


def site_uri(path: str) -> str:
    """Return what the site calls a file of the repository."""
    if path in PAGES:
        return PAGES[path]
    if path.startswith("docs/"):
        return path.removeprefix("docs/")
    # Browsers show text, and download programs.
    return f"source/{path}.txt"


def linked_sources() -> Iterator[str]:
    """Yield the files that are neither pages nor in `docs/`, and that a page links."""
    pages = [ROOT / name for name in PAGES] + list((ROOT / "docs").glob("*.md"))
    found = set()
    for page in pages:
        source = page.relative_to(ROOT).as_posix()
        for _, name, _ in LINK.findall(page.read_text(encoding="utf-8")):
            target = _target(name, source)
            if target is not None and target not in PAGES and not target.startswith("docs/"):
                found.add(target)
    yield from found


def _target(name: str, source: str) -> str | None:
    """Return the path in the repository that a link leads to, or None for an address or a heading."""
    if ":" in name or not name:
        return None
    return posixpath.normpath(posixpath.join(posixpath.dirname(source), name))
