"""Bots by their text, and one clear sentence for each way in which a text can be wrong (docs: Bots, Naming a bot)."""

import multiprocessing
import pickle
import signal
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from magnate.bots import BOTS
from magnate.bots.errors import BotError
from magnate.bots.loading import BotSpec, describe, describe_parameters, parse_bot
from magnate.bots.value_bot import ValueBot
from magnate.errors import MagnateError

HEAD = """
from magnate.bots.base import Bot
from magnate.engine.actions import Action

class Plain(Bot):
    def decide(self, view, legal):
        return legal[0]
"""

TUNED = (
    HEAD
    + """
class Tuned(Plain):
    '''Has one parameter of each type.

    And more to say.
    '''

    def __init__(self, seed=0, *, depth: int = 2, share: "float" = 0.5, name: str = "x", loud: bool = False,
                 squares: tuple[int, ...] = (), guessed=7):
        super().__init__(seed)
        self.values = (depth, share, name, loud, squares, guessed)
"""
)

TAKES = "depth, share, name, loud, squares, guessed"


@pytest.fixture(autouse=True)
def _path_as_it_was(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    """Work in an empty directory; whatever a test imports is forgotten."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "path", sys.path[:])
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        del sys.modules[name]


@pytest.fixture
def ctrl_c() -> Iterator[str]:
    """Yield code that sends this process what Ctrl-C sends, which has its usual effect wherever the tests run."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield "import signal\nsignal.raise_signal(signal.SIGINT)\n"
    signal.signal(signal.SIGINT, before)


def write(path: str, text: str) -> str:
    file = Path(path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)
    return path


def refusal(text: str) -> str:
    """Return the sentence with which `text` is refused."""
    with pytest.raises(BotError) as caught:
        parse_bot(text)
    assert isinstance(caught.value, MagnateError)
    assert caught.value.exit_code == 2
    assert caught.value.bot == text
    sentence = str(caught.value)
    assert sentence == f"bot {text!r}: {caught.value.what}"
    assert "\n" not in sentence
    return caught.value.what


class TestNames:
    @pytest.mark.parametrize("name", BOTS)
    def test_every_built_in_bot_is_had_by_its_name(self, name: str) -> None:
        spec = parse_bot(name)
        assert (spec.label, spec.text) == (name, name)
        assert dict(spec.parameters) == BOTS[name].parameters
        assert spec.source == BOTS[name].source
        assert describe(spec) == BOTS[name].description

    def test_parameters_stand_behind_the_name(self) -> None:
        spec = parse_bot(" value, epsilon = 0.3 ")
        assert spec.label == "value, epsilon = 0.3"
        bot = spec.make(1)
        assert isinstance(bot, ValueBot)
        assert bot.epsilon == 0.3
        assert [(p.name, p.kind, p.default) for p in describe_parameters(spec)] == [("epsilon", float, 0.3)]

    def test_an_unknown_name_is_told_those_that_are_close(self) -> None:
        assert refusal("expret").startswith(
            "there is no such bot; did you mean expert? (there are random, value, very_easy, "
        )
        assert refusal("grandmaster").startswith("there is no such bot (there are random, ")
        assert refusal("").startswith("there is no such bot (")

    def test_the_seed_makes_the_chance_of_a_bot(self) -> None:
        spec = parse_bot("easy")
        assert spec.make(3).random.random() == spec.make(3).random.random() != spec.make(4).random.random()


class TestFiles:
    def test_a_class_in_a_file(self) -> None:
        spec = parse_bot(write("bots/my.py", HEAD) + ":Plain")
        assert type(spec.make(0)).__name__ == "Plain"
        assert spec.label == "bots/my.py:Plain"
        assert spec.source == f"{Path('bots/my.py').resolve()}:Plain"
        assert describe(spec) == ""

    def test_a_path_with_commas_and_blanks(self) -> None:
        path = write("a, b/my bot.py", TUNED)
        bot = parse_bot(f"{path}:Tuned,depth=4").make(0)
        assert bot.values[0] == 4  # type: ignore[attr-defined]

    def test_a_file_imports_its_neighbours_and_itself(self) -> None:
        write("bots/neighbour.py", "ANSWER = 42\n")
        code = HEAD + "import sys, neighbour\nassert vars(sys.modules[__name__])['Plain'] is Plain\n"
        assert type(parse_bot(write("bots/my.py", code) + ":Plain").make(0)).__name__ == "Plain"

    def test_a_file_that_is_not_there(self) -> None:
        assert refusal("nowhere.py:Plain") == f"there is no file {Path('nowhere.py').resolve()}"

    def test_a_file_without_the_name_of_a_class(self) -> None:
        assert refusal(write("my.py", HEAD)) == "name the class in the file too, as in my.py:MyBot"

    @pytest.mark.parametrize(
        ("code", "sentence"),
        [
            ("x = 1\n1 / 0\n", "importing my.py raised ZeroDivisionError (my.py:2): division by zero"),
            ("x = (\n", "importing my.py raised SyntaxError (my.py:1): '(' was never closed"),
            ("import sys\nsys.exit(3)\n", "importing my.py raised SystemExit (my.py:2): 3"),
            ("import nowhere_to_be_found\n", "importing my.py raised ModuleNotFoundError (my.py:1): "),
        ],
    )
    def test_a_file_that_raises(self, code: str, sentence: str) -> None:
        before = set(sys.modules)
        assert refusal(write("my.py", code) + ":Plain").startswith(sentence)
        assert set(sys.modules) == before

    def test_ctrl_c_while_importing_is_no_fault_of_the_bot(self, ctrl_c: str) -> None:
        write("my.py", ctrl_c)
        with pytest.raises(KeyboardInterrupt):
            parse_bot("my.py:Plain")

    def test_ctrl_c_that_a_bot_catches_ends_the_import_all_the_same(self, ctrl_c: str) -> None:
        write("my.py", HEAD + f"try:\n    exec({ctrl_c!r})\nexcept BaseException:\n    pass\n")
        with pytest.raises(KeyboardInterrupt):
            parse_bot("my.py:Plain")


class TestModules:
    def test_a_class_in_a_module_of_the_working_directory(self) -> None:
        write("mypackage/__init__.py", "")
        write("mypackage/mybot.py", HEAD)
        spec = parse_bot("mypackage.mybot:Plain")
        assert type(spec.make(0)).__name__ == "Plain"
        assert spec.source == "mypackage.mybot:Plain"

    def test_a_module_that_is_not_there(self) -> None:
        write("mypackage/__init__.py", "")
        assert refusal("mypackage.nowhere:Plain") == "there is no module mypackage.nowhere"
        assert refusal("no_such_package.mybot:Plain") == "there is no module no_such_package"

    def test_a_module_that_raises(self) -> None:
        write("broken.py", "import no_such_package\n")
        sentence = "importing broken raised ModuleNotFoundError (broken.py:1): No module named 'no_such_package'"
        assert refusal("broken:Plain") == sentence

    @pytest.mark.parametrize("text", [":Plain", "a b:Plain", "..x:Plain", "a-b:Plain"])
    def test_what_is_no_name_of_a_module(self, text: str) -> None:
        assert refusal(text) == f"{text.partition(':')[0]!r} is not the name of a module"

    @pytest.mark.parametrize("text", ["os:", "os:a.b", "os:1"])
    def test_what_is_no_name_of_a_class(self, text: str) -> None:
        assert refusal(text) == f"{text.partition(':')[2]!r} is not the name of a class"


class TestClasses:
    def test_a_class_that_is_not_there_is_told_the_bots_that_are_close(self) -> None:
        write("my.py", HEAD)
        assert refusal("my.py:Plane") == "there is no class Plane in my.py; did you mean Plain?"
        assert refusal("my.py:Zzz") == "there is no class Zzz in my.py"

    @pytest.mark.parametrize("name", ["Action", "annotations"])
    def test_what_is_no_bot(self, name: str) -> None:
        write("my.py", "from __future__ import annotations\n" + HEAD)
        assert refusal(f"my.py:{name}") == f"{name} is not a subclass of magnate.bots.base.Bot"

    def test_a_bot_that_cannot_decide(self) -> None:
        write("my.py", HEAD + "class Idle(Bot): pass\n")
        assert refusal("my.py:Idle") == "Idle has no method decide"

    @pytest.mark.parametrize(
        ("body", "sentence"),
        [
            ("raise ValueError('too small')", "too small"),
            ("raise ValueError", "its __init__ raised ValueError"),
            ("raise OSError('no disk')", "its __init__ raised OSError: no disk"),
        ],
    )
    def test_a_bot_that_cannot_be_made(self, body: str, sentence: str) -> None:
        write("my.py", HEAD + f"class Bad(Plain):\n    def __init__(self, seed=0):\n        {body}\n")
        assert refusal("my.py:Bad") == sentence

    def test_a_bot_whose_init_takes_no_seed(self) -> None:
        write("my.py", HEAD + "class Bad(Plain):\n    def __init__(self):\n        super().__init__()\n")
        assert refusal("my.py:Bad").startswith("its __init__ raised TypeError: ")


class TestParameters:
    @pytest.fixture(autouse=True)
    def _tuned(self) -> None:
        write("my.py", TUNED)

    def test_each_is_read_by_its_type(self) -> None:
        bot = parse_bot("my.py:Tuned,depth=4,share=1e-3,name=a=b,loud=yes,guessed=8").make(0)
        assert bot.values == (4, 0.001, "a=b", True, (), 8)  # type: ignore[attr-defined]

    @pytest.mark.parametrize(
        ("word", "value"), [("true", True), ("YES", True), ("1", True), ("no", False), ("0", False)]
    )
    def test_the_words_for_true_and_false(self, word: str, value: bool) -> None:
        bot = parse_bot(f"my.py:Tuned,loud={word}").make(0)
        assert bot.values[3] is value  # type: ignore[attr-defined]

    def test_they_are_described_with_their_types_and_defaults(self) -> None:
        described = describe_parameters(parse_bot("my.py:Tuned,depth=5"))
        assert [(p.name, p.kind.__name__, p.default) for p in described] == [
            ("depth", "int", 5),
            ("share", "float", 0.5),
            ("name", "str", "x"),
            ("loud", "bool", False),
            ("squares", "object", ()),
            ("guessed", "int", 7),
        ]
        assert describe(parse_bot("my.py:Tuned")) == "Has one parameter of each type"

    @pytest.mark.parametrize(
        ("setting", "sentence"),
        [
            ("depth=2.5", "depth must be a whole number, not '2.5'"),
            ("share=lots", "share must be a number, not 'lots'"),
            ("share=nan", "share must be a number, not 'nan'"),
            ("loud=maybe", "loud must be true or false, not 'maybe'"),
            ("squares=1", "the parameter squares is of type object, which no text can give"),
            ("dept=2", f"there is no parameter 'dept'; did you mean depth? (it takes {TAKES})"),
            ("depth", "'depth' is not of the form parameter=value"),
            ("=3", "'=3' is not of the form parameter=value"),
            ("", "'' is not of the form parameter=value"),
            ("depth=2,depth=3", "the parameter depth is given twice"),
        ],
    )
    def test_a_wrong_one_is_named(self, setting: str, sentence: str) -> None:
        assert refusal(f"my.py:Tuned,{setting}") == sentence

    def test_a_bot_that_takes_none(self) -> None:
        assert refusal("my.py:Plain,depth=1") == "there is no parameter 'depth' (it takes none)"
        assert refusal("random,epsilon=1") == "there is no parameter 'epsilon' (it takes none)"

    def test_a_value_that_the_bot_itself_refuses(self) -> None:
        assert refusal("value,epsilon=3") == "epsilon must be from 0 to 1, not 3.0"
        assert refusal("expert,lapses=3") == "lapses must be from 0 to 1, not 3.0"
        assert refusal("expert,sight=0") == "sight must be above 0, not 0.0"

    def test_an_annotation_that_names_nothing_leaves_the_type_of_the_default(self) -> None:
        code = "from __future__ import annotations\n" + HEAD
        code += "class Odd(Plain):\n    def __init__(self, seed=0, *, depth: Nowhere = 3, need: Nowhere):\n"
        write("odd.py", code + "        super().__init__(seed)\n")
        spec = BotSpec("odd", f"{Path('odd.py').resolve()}:Odd", (("depth", 4),))
        assert [(p.name, p.kind, p.default) for p in describe_parameters(spec)] == [
            ("depth", int, 4),
            ("need", type(None), None),
        ]


class TestSpecs:
    def test_a_spec_compares_hashes_and_goes_to_other_processes(self) -> None:
        write("my.py", TUNED)
        for text in ("hard", "my.py:Tuned,depth=9"):
            spec = parse_bot(text)
            assert pickle.loads(pickle.dumps(spec)) == spec == parse_bot(text)
            assert len({spec, parse_bot(text)}) == 1

    def test_another_process_makes_the_same_bot(self) -> None:
        write("my.py", TUNED)
        spec = parse_bot("my.py:Tuned,depth=9")
        with multiprocessing.get_context("spawn").Pool(1) as pool:
            assert pool.apply(_values, (spec,)) == (9, 0.5, "x", False, (), 7)

    def test_a_class_that_is_gone_by_then_is_a_bot_error(self) -> None:
        spec = BotSpec("gone.py:Plain", str(Path("gone.py").resolve()) + ":Plain")
        with pytest.raises(BotError, match="there is no file"):
            spec.make(0)


def _values(spec: BotSpec) -> object:
    return getattr(spec.make(0), "values", None)
