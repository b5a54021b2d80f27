"""Keys: their names for people, and the words that the footer shows for them."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from textual.binding import Binding
from textual.dom import DOMNode
from textual.screen import Screen

from magnate.texts import Words, in_language
from magnate.texts.game import GAME, YES

_NAMES = {
    "question_mark": "?",
    "escape": "Esc",
    "enter": "⏎",
    "space": "␣",
    "slash": "/",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "plus": "+",
    "minus": "−",
}


def key_name(key: str, lang: str = "en") -> str:
    """Return a key as it stands on the keyboard."""
    name = _NAMES.get(key) or "+".join(key_word(part, lang) for part in key.split("+"))
    return name.upper() if len(name) > 1 and name[0] == "f" and name[1:].isdigit() else name


def _in_language(bindings: Mapping[str, list[Binding]], lang: str) -> dict[str, list[Binding]]:
    """Return bindings with those on "y" also on the first letter of the language's own yes, which shows first."""
    yes = in_language(YES, lang)
    found: dict[str, list[Binding]] = {}
    for key, bound in bindings.items():
        if key == YES[0] != yes:
            found[yes] = [*found.get(yes, []), *(replace(each, key=yes) for each in bound)]
        found[key] = [*found.get(key, []), *bound]
    return found


def key_word(part: str, lang: str) -> str:
    """Return a part of a key as the keyboards of a language call it, or as it is."""
    name = f"key_name_{part}"
    return in_language(GAME[name], lang) if name in GAME else part


def describe(node: DOMNode, texts: Mapping[str, Words], lang: str, *, first: tuple[str, ...] = ()) -> None:
    """Give the bindings of a screen (or the app) their words: a description that is a key of `texts` becomes that text.

    Bindings whose ids begin with one of `first` come first in the footer.
    """
    merged = node._merged_bindings
    for key, bound in () if merged is None else merged.key_to_bindings.items():
        node._bindings.key_to_bindings[key] = [
            replace(each, description=in_language(texts[each.description], lang)) if each.description in texts else each
            for each in bound
        ]
    bindings = node._bindings.key_to_bindings
    bindings = _in_language(bindings, lang)
    ordered = sorted(bindings, key=lambda key: not any((each.id or "").startswith(first) for each in bindings[key]))
    node._bindings.key_to_bindings = {key: bindings[key] for key in ordered}


def help_rows(screen: Screen[object], display: Callable[[Binding], str]) -> list[tuple[str, str]]:
    """Return the keys that work on a screen now, as a player calls them, with what each does; each action once."""
    rows: dict[str, tuple[list[str], str]] = {}
    for active in screen.active_bindings.values():
        binding = active.binding
        if binding.id is not None and binding.description and not binding.system:
            rows.setdefault(binding.id, ([], binding.description))[0].append(display(binding))
    return [(" ".join(dict.fromkeys(keys)), words) for keys, words in rows.values()]
