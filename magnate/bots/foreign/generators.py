"""The generators of chance that all code of a process shares, seeded anew for each piece of a bot's code that runs.

A bot should draw from `self.random`. One that draws from the module `random`, or from NumPy's `numpy.random`, still
plays the same game for the same seed, in any process and after any other game. What comes from the operating system
(`os.urandom`, `secrets`, a `Random()` or `default_rng()` without a seed) cannot be seeded.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class _Shared:
    """How a shared generator is seeded, saved and put back: names of functions of its module."""

    bits: int
    save: str
    restore: str


_SHARED: Final = {
    "random": _Shared(64, "getstate", "setstate"),
    "numpy.random": _Shared(32, "get_state", "set_state"),
}
"""By module."""


@dataclass(slots=True)
class _Now:
    """The seed that counts now, and the generators that have had it."""

    seed: int | None = None
    seeded: tuple[str, ...] = ()


_now = _Now()


@contextmanager
def seeded(seed: int | None) -> Iterator[None]:
    """Seed all shared generators, also those that are loaded inside the block; None leaves them as they are."""
    before = _now.seed, _now.seeded
    _now.seed, _now.seeded = seed, ()
    try:
        seed_late()
        yield
    finally:
        _now.seed, _now.seeded = before


def seed_late() -> None:
    """Seed the generators that have been loaded since the block of `seeded` began."""
    if _now.seed is None:
        return
    for name, how in _SHARED.items():
        if name not in _now.seeded and name in sys.modules:
            # It is still being imported where it has no `seed` yet; the import that comes to its end seeds it.
            seed = getattr(sys.modules[name], "seed", None)
            if seed is not None:
                _now.seeded += (name,)
                seed(_now.seed % 2**how.bits)


@contextmanager
def generators_kept() -> Iterator[None]:
    """Leave the shared generators as they were before the block: they are those of the user's program."""
    loaded = [(sys.modules[name], how) for name, how in _SHARED.items() if name in sys.modules]
    states = [getattr(module, how.save)() for module, how in loaded]
    try:
        yield
    finally:
        for (module, how), state in zip(loaded, states, strict=True):
            getattr(module, how.restore)(state)
