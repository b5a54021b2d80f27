"""Each bot file has modules of its own, whatever others import by the same names (docs: Bots, Naming a bot)."""

import sys
import threading
from pathlib import Path
from types import ModuleType

import pytest

from magnate.bots.loading import parse_bot
from tests.bots.foreign.bots import answer, answers, says, write


def two_versions(code: str, helper: str = "helper.py") -> None:
    """Write two versions of a bot, `va/my_bot.py` and `vb/my_bot.py`, each with a helper of its own that has `K`."""
    for version in "ab":
        write(f"v{version}/my_bot.py", code)
        write(f"v{version}/{helper}", f"K = 'of {version}'\n")


VERSIONS = ("va/my_bot.py", "vb/my_bot.py")
OWN = ["of a", "of b"]


LIB = "import os, sys\nsys.path.insert(0, os.path.join(os.path.dirname(__file__), 'lib'))"
WAYS = {
    "from": (says("K", before="from helper import K"), "helper.py"),
    "module": (says("helper.K", before="import helper"), "helper.py"),
    "lazy": (says("helper.K", first="import helper"), "helper.py"),
    "import_module": (says("importlib.import_module('helper').K", before="import importlib"), "helper.py"),
    "__import__": (says("__import__('helper').K"), "helper.py"),
    "sys.modules": (says("sys.modules['helper'].K", before="import sys, helper"), "helper.py"),
    "pickle": (says("pickle.loads(b'chelper\\nK\\n.')", before="import pickle"), "helper.py"),
    "package": (says("K", before="from pkg import K"), "pkg/__init__.py"),
    "module of a package": (says("pkg.helper.K", before="import pkg.helper"), "pkg/helper.py"),
    "lazy module of a package": (says("pkg.helper.K", first="import pkg.helper"), "pkg/helper.py"),
    "relative": (says("K", before="from .helper import K"), "helper.py"),
    "lazy relative": (says("helper.K", first="from . import helper"), "helper.py"),
    "lazy relative package": (says("K", first="from .pkg.helper import K"), "pkg/helper.py"),
    "own package": (says("K", before="from . import K"), "__init__.py"),
    "added to the path": (says("K", before=f"{LIB}\nfrom deep import K"), "lib/deep.py"),
    "lazy, added to the path": (says("K", before=LIB, first="from deep import K"), "lib/deep.py"),
}


@pytest.mark.parametrize("way", WAYS)
def test_two_versions_of_a_bot_each_have_their_own_modules(way: str) -> None:
    two_versions(*WAYS[way])
    assert answers(*VERSIONS) == OWN
    assert answers(*reversed(VERSIONS)) == OWN[::-1]


def test_a_helper_imports_its_own_neighbours_at_any_depth() -> None:
    two_versions(says("one.value()", before="import one"), "three.py")
    for version in "ab":
        write(f"v{version}/one.py", "import pkg.two\ndef value():\n    return pkg.two.value()\n")
        write(f"v{version}/pkg/__init__.py", "")
        write(f"v{version}/pkg/two.py", "from . import four\ndef value():\n    import three\n    return three.K\n")
        write(f"v{version}/pkg/four.py", "")
    assert answers(*VERSIONS) == OWN


def test_two_bots_in_one_folder_share_no_state() -> None:
    write("helper.py", "COUNT = []\n")
    code = says("str(len(COUNT))", before="from helper import COUNT", first="COUNT.append(1)")
    write("one.py", code)
    write("two.py", code)
    assert answers("one.py", "two.py") == ["1", "1"]


def test_a_module_that_the_process_has_by_that_name_is_not_taken_and_not_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    theirs = ModuleType("helper")
    theirs.K = "of the process"  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "helper", theirs)
    two_versions(says("K", first="from helper import K"))
    assert answers(*VERSIONS) == OWN
    assert sys.modules["helper"] is theirs


def test_a_folder_on_the_path_of_the_process_stands_in_for_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    two_versions(says("K", before="from helper import K"))
    monkeypatch.syspath_prepend(str(Path("va").resolve()))
    assert answers(*VERSIONS) == OWN


def test_nothing_of_a_bot_stays_in_the_process() -> None:
    two_versions(says("K", before="import sys\nsys.path.append('elsewhere')\nfrom helper import K"))
    path, finders = sys.path[:], sys.meta_path[:]
    answers(*VERSIONS)
    assert "helper" not in sys.modules
    assert (sys.path, sys.meta_path) == (path, finders)


def test_a_neighbour_stands_in_for_no_module_of_python_or_magnate() -> None:
    write("json.py", "raise Exception('mine')\n")
    write("magnate/__init__.py", "raise Exception('mine')\n")
    write("random.py", says("json.__name__ + random.__name__", before="import json, random, magnate.engine"))
    assert answers("random.py") == ["jsonrandom"]


def test_a_thread_of_a_bot_imports_its_own_modules_at_any_time() -> None:
    code = """
import threading
go, found = threading.Event(), []
def late():
    go.wait(60)
    import helper
    found.append(helper.K)
thread = threading.Thread(target=late)
thread.start()
"""
    two_versions(says("0", before=code))
    bots = [parse_bot(f"{path}:My").make(1) for path in VERSIONS]
    modules = [sys.modules[type(bot).__module__] for bot in bots]
    for module in reversed(modules):
        module.go.set()
    for module in modules:
        module.thread.join(60)
    assert [module.found for module in modules] == [["of a"], ["of b"]]


def test_a_decision_may_wait_for_a_thread_that_imports() -> None:
    first = "found = []; thread = threading.Thread(target=lambda: found.append(__import__('helper').K))"
    first += "; thread.start(); thread.join(60)"
    two_versions(says("found[0]", before="import threading", first=first))
    assert answers(*VERSIONS) == OWN


def test_a_bot_that_is_called_without_the_referee_imports_its_own_modules() -> None:
    two_versions(says("K", first="from helper import K"))
    for path, own in zip(VERSIONS, OWN, strict=True):
        bot = parse_bot(f"{path}:My").make(1)
        with pytest.raises(Exception, match=own):
            bot.decide(None, ())  # type: ignore[arg-type]


def test_a_bot_may_make_a_bot_of_another_file() -> None:
    two_versions(says("K", first="from helper import K"))
    write("old/helper.py", "K = 'of the old one'\n")
    code = """
from magnate.bots.base import Bot
from magnate.bots.loading import parse_bot

class My(Bot):
    def decide(self, view, legal):
        old = parse_bot("va/my_bot.py:My").make(1)
        try:
            old.decide(view, legal)
        except Exception as error:
            import helper
            raise Exception(f"{error}, {helper.K}") from None
"""
    write("old/my_bot.py", code)
    assert answers("old/my_bot.py") == ["of a, of the old one"]


def test_objects_of_a_bot_and_of_its_helpers_can_be_pickled_and_copied() -> None:
    first = "from helper import Note; note = copy.deepcopy(pickle.loads(pickle.dumps((self, Note()))))"
    two_versions(says("note[1].text + str(type(note[0]) is My)", before="import copy, pickle", first=first))
    for version in "ab":
        write(f"v{version}/helper.py", f"class Note:\n    text = 'of {version} '\n")
    assert answers(*VERSIONS) == ["of a True", "of b True"]


def test_a_file_that_was_edited_is_loaded_anew_and_the_old_bot_stays_what_it_was() -> None:
    write("helper.py", "K = 1\n")
    text = write("my_bot.py", says("str(K)", first="from helper import K")) + ":My"
    old = parse_bot(text)
    assert answer(old) == "1"
    write("helper.py", "K = 2\n")  # as long, and within the same second
    new = parse_bot(text)
    assert answer(new) == "2"
    assert old.digest != new.digest
    assert answer(old) == "1"


def test_threads_that_play_different_bots_get_each_its_own() -> None:
    two_versions(says("K", first="from helper import K"))
    specs = [parse_bot(f"{path}:My") for path in VERSIONS]
    heard: list[list[str]] = [[], []]

    def play(which: int) -> None:
        heard[which] += [answer(specs[which]) for _ in range(20)]

    threads = [threading.Thread(target=play, args=(which,)) for which in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert heard == [["of a"] * 20, ["of b"] * 20]


def test_an_edit_while_a_bot_plays_changes_nothing_even_in_what_it_has_not_imported_yet() -> None:
    write("helper.py", "K = 'as it was'\n")
    spec = parse_bot(write("my_bot.py", says("K", first="from helper import K")) + ":My")
    write("helper.py", "K = 'edited'\n")
    assert answer(spec) == "as it was"
