"""Which passwords are good enough, and their hashes (argon2id), computed off the event loop."""

import asyncio
import os
import unicodedata
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from importlib import resources
from typing import ParamSpec, TypeVar

import argon2

from magnate.protocol.legible import is_legible
from magnate.protocol.rest import LONGEST_PASSWORD
from magnate.server.errors import TooBusy

Arguments = ParamSpec("Arguments")
T = TypeVar("T")

SHORTEST_PASSWORD = 8
ALIKE = 0.7
"""From which similarity on (0 to 1, without case) a password counts as being like the name."""
MOST_WAITING = 128
"""Passwords that may wait to be hashed or checked (two or three seconds of work); who comes then must come again."""
BUSY_SECONDS = 2
"""When to come again."""


@cache
def common_passwords() -> frozenset[str]:
    """Return the passwords that everybody tries first, folded; shorter and all-digit ones are refused anyway."""
    text = resources.files("magnate.server").joinpath("data/common_passwords.txt").read_text("utf-8")
    return frozenset(text.split())


def password_problems(password: str, username: str) -> list[str]:
    """Return why `password` is too weak for `username`, one sentence each."""
    if len(password) > LONGEST_PASSWORD:
        return [f"This password is too long. It must contain at most {LONGEST_PASSWORD} characters."]
    problems = []
    if len(password.strip()) < SHORTEST_PASSWORD:
        problems.append(f"This password is too short. It must contain at least {SHORTEST_PASSWORD} characters.")
    if not is_legible(password):
        problems.append("This password has control characters or invisible ones.")
    if password and len({character for character in password if not character.isspace()}) < 2:
        problems.append("This password repeats one character.")
    if password.isdigit():
        problems.append("This password is entirely numeric.")
    if password.casefold() in common_passwords():
        problems.append("This password is too common.")
    if _is_alike(password.casefold(), username.casefold()):
        problems.append("The password is too similar to the username.")
    return problems


def _is_alike(password: str, name: str) -> bool:
    if not name or len(password) > 3 * len(name):
        return False  # so much longer that it cannot be that similar
    return password == name[::-1] or 2 * in_common(name, password) >= ALIKE * (len(name) + len(password))


def in_common(name: str, password: str) -> int:
    """Return how many characters both have in the same order (the length of their longest common subsequence).

    Hyyrö, "Bit-parallel LCS-length computation revisited" (2004): a few operations for each character of the password,
    where difflib may take as many as the cube of their number.
    """
    places: dict[str, int] = {}
    for place, character in enumerate(name):
        places[character] = places.get(character, 0) | 1 << place
    everywhere = (1 << len(name)) - 1
    unmatched = everywhere
    for character in password:
        found = unmatched & places.get(character, 0)
        unmatched = (unmatched + found | unmatched - found) & everywhere
    return len(name) - unmatched.bit_count()


class PasswordHasher:
    """Hashes and verifies passwords in a few threads of its own, so that nobody waits for the event loop.

    It takes half of the processors at most, and raises `TooBusy` when too many passwords wait.

    Args:
        memory_kib: memory of one hash.
        passes: passes over that memory.
    """

    def __init__(self, memory_kib: int, passes: int) -> None:
        self._argon2 = argon2.PasswordHasher(time_cost=passes, memory_cost=memory_kib, parallelism=1)
        self._threads = ThreadPoolExecutor(
            min(4, max(1, (os.cpu_count() or 1) // 2)), thread_name_prefix="magnate-password"
        )
        self._waiting = 0
        # Made in the background and before anything else, so that the first unknown user takes no longer than others.
        self._dummy = self._threads.submit(lambda: self._argon2.hash(os.urandom(16)))

    async def hash(self, password: str) -> str:
        """Return the hash of `password`, with its parameters and salt."""
        return await self._run(self._hash, password)

    async def verify(self, password: str, password_hash: str | None) -> bool:
        """Tell whether `password` has that hash; None (an unknown user) takes as long and is never right."""
        return await self._run(self._verify, password, password_hash)

    def is_outdated(self, password_hash: str) -> bool:
        """Tell whether a hash was made with other parameters than today's."""
        return self._argon2.check_needs_rehash(password_hash)

    def close(self) -> None:
        """End the threads once what they do is done."""
        self._threads.shutdown(wait=True)

    async def _run(self, work: Callable[Arguments, T], *args: Arguments.args, **kwargs: Arguments.kwargs) -> T:
        if self._waiting >= MOST_WAITING:
            raise TooBusy(BUSY_SECONDS)
        self._waiting += 1
        try:
            return await asyncio.get_running_loop().run_in_executor(self._threads, partial(work, *args, **kwargs))
        finally:
            self._waiting -= 1

    def _hash(self, password: str) -> str:
        return self._argon2.hash(_encoded(password))

    def _verify(self, password: str, password_hash: str | None) -> bool:
        try:
            self._argon2.verify(password_hash or self._dummy.result(), _encoded(password))
        except (argon2.exceptions.VerificationError, argon2.exceptions.InvalidHashError):
            return False
        return password_hash is not None


def _encoded(password: str) -> bytes:
    # The same characters typed on another keyboard may come composed differently (RFC 8265, section 4.2).
    return unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
