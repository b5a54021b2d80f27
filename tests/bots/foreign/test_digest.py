"""The digest of a bot's code changes with its file and with what it imports from beside it, and with nothing else."""

from pathlib import Path

import pytest

from magnate.bots import BOTS
from magnate.bots.errors import BotError
from magnate.bots.loading import BotSpec, parse_bot
from tests.bots.foreign.bots import HEAD, says, write

IMPORTS = {
    "import": "import helper\n",
    "import as": "import helper as other\n",
    "from": "from helper import K\n",
    "lazy": "def later():\n    import helper\n",
    "relative": "from .helper import K\n",
    "relative module": "from . import helper\n",
    "import_module": "import importlib\nhelper = importlib.import_module('helper')\n",
    "by a made-up name": "import importlib\nhelper = importlib.import_module('hel' + 'per')\n",
    "through another": "import between\n",
    "through a package": "import pkg.sub\n",
    "by type checkers": "try:\n    import helper\nexcept ImportError:\n    pass\n",
}
BOT = HEAD + "class My(Bot):\n    def decide(self, view, legal):\n        return legal[0]\n"


def digest(text: str = "my_bot.py:My") -> str:
    return parse_bot(text).digest


@pytest.fixture(autouse=True)
def _files() -> None:
    write("helper.py", "K = 1\n")
    write("between.py", "from helper import K\n")
    write("pkg/__init__.py", "")
    write("pkg/sub.py", "def later():\n    from . import deep\n")
    write("pkg/deep.py", "import helper\n")
    write("unused.py", "K = 1\n")


@pytest.mark.parametrize("way", IMPORTS)
def test_what_a_bot_imports_from_beside_it_counts(way: str) -> None:
    write("my_bot.py", IMPORTS[way] + BOT)
    before = digest()
    assert digest() == before
    write("helper.py", "K = 2\n")
    assert digest() != before
    write("helper.py", "K = 1\n")
    assert digest() == before


def test_its_own_file_counts_and_no_file_that_it_does_not_import() -> None:
    write("my_bot.py", "import helper\n" + BOT)
    before = digest()
    write("unused.py", "K = 2\n")
    assert digest() == before
    write("my_bot.py", "import helper  \n" + BOT)
    assert digest() != before


def test_the_same_code_elsewhere_has_the_same_digest() -> None:
    for folder in ("one", "two"):
        write(f"{folder}/my_bot.py", "from helper import K\n" + BOT)
        write(f"{folder}/helper.py", "K = 1\n")
    assert digest("one/my_bot.py:My") == digest("two/my_bot.py:My") != digest(write("my_bot.py", BOT) + ":My")


@pytest.mark.parametrize("text", BOTS)
def test_the_version_of_magnate_tells_the_code_of_its_own_bots(text: str) -> None:
    assert parse_bot(text).digest == ""


def test_a_bot_named_as_a_module_has_the_digest_of_its_package_too(monkeypatch: pytest.MonkeyPatch) -> None:
    digests = []
    for version in (1, 2):
        root = f"root{version}"
        write(f"{root}/package{version}/__init__.py", "")
        write(
            f"{root}/package{version}/my_bot.py",
            f"from package{version}.helper import K\nimport beside{version}\n" + BOT,
        )
        write(f"{root}/package{version}/helper.py", "from . import deep\nK = 1\n")
        write(f"{root}/package{version}/deep.py", "DEEP = 1\n")
        write(f"{root}/beside{version}.py", "")
        monkeypatch.syspath_prepend(str(Path(root).resolve()))
        spec = parse_bot(f"package{version}.my_bot:My")
        digests.append(spec.digest)
        for file in (f"package{version}/__init__.py", f"package{version}/deep.py", f"beside{version}.py"):
            code = spec._found().files
            assert Path(root, file).resolve() in code, file
    assert digests[0] != digests[1]


def test_a_process_with_other_code_does_not_make_the_bot() -> None:
    spec = parse_bot(write("my_bot.py", BOT) + ":My")
    other = BotSpec(spec.text, spec.source, spec.parameters, "of another machine")
    with pytest.raises(BotError, match=r"the code of .*my_bot\.py, or of what it imports, has changed since"):
        other.make(0)


def test_code_that_is_no_python_is_told_by_who_runs_it() -> None:
    write("helper.py", "K = (\n")
    write("my_bot.py", says("K", first="from helper import K"))
    assert parse_bot("my_bot.py:My").digest
