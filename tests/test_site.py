"""The site: every page is in its navigation, links lead where they should, and nothing comes from elsewhere."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from scripts import site_pages

ROOT = Path(__file__).parent.parent


def pages(nav: object) -> Iterator[str]:
    """Yield the pages of a navigation."""
    if isinstance(nav, list):
        for each in nav:
            yield from pages(each)
    elif isinstance(nav, dict):
        for each in nav.values():
            yield from pages(each)
    else:
        yield str(nav)


def test_every_page_is_in_the_navigation() -> None:
    config = yaml.safe_load((ROOT / "mkdocs.yml").read_text("utf-8"))
    here = {page.name for page in (ROOT / "docs").glob("*.md")} | set(site_pages.PAGES.values())
    assert sorted(pages(config["nav"])) == sorted(here)


def test_every_page_of_the_docs_is_in_the_table_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    assert [page.name for page in (ROOT / "docs").glob("*.md") if f"(docs/{page.name})" not in readme] == []


@pytest.mark.parametrize(
    ("source", "link", "turned"),
    [
        ("docs/bots.md", "[x](../CONTRIBUTING.md)", "[x](CONTRIBUTING.md)"),
        ("docs/bots.md", "[x](simulate.md#from-python)", "[x](simulate.md#from-python)"),
        ("docs/rules.md", "[x](../magnate/engine/data/board.json)", "[x](source/magnate/engine/data/board.json.txt)"),
        ("README.md", "![x](docs/images/game.svg) [y](docs/play.md)", "![x](images/game.svg) [y](play.md)"),
        ("README.md", "[x](https://example.org/a) [y](#here)", "[x](https://example.org/a) [y](#here)"),
    ],
)
def test_links_to_files_become_links_of_the_site(source: str, link: str, turned: str) -> None:
    assert site_pages.turned(link, source) == turned


def test_the_site_is_built_strictly_and_fetches_nothing_from_elsewhere(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(tmp_path / "site")]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    built = list((tmp_path / "site").rglob("*.html"))
    assert len(built) > 15
    for page in built:
        html = page.read_text("utf-8")
        fetched = re.findall(r"<(?:script|img|iframe|source)[^>]* src=\"?([^\s\">]+)", html)
        fetched += re.findall(
            r"<link[^>]* rel=\"?(?:stylesheet|preload|icon|preconnect)[^>]* href=\"?([^\s\">]+)", html
        )
        assert [each for each in fetched if "//" in each] == [], page.name
    for style in (tmp_path / "site").rglob("*.css"):
        assert "url(http" not in style.read_text("utf-8")
    for picture in (tmp_path / "site" / "images").glob("*.svg"):
        assert not re.search(r"url\(.?https?:|@import|href=.https?:", picture.read_text("utf-8")), picture.name
