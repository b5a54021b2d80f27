"""Seeds: derived as documented, and the same for ever."""

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from magnate.simulation.playing.seeds import bot_seed, game_seed, seating_seed


def test_seeds_never_change() -> None:
    assert [game_seed(0, 1), game_seed(0, 2), game_seed(7, 1)] == [7700928384749753, 8464739169691115, 4143072499197619]


@given(st.integers(0, 2**63 - 1), st.integers(1, 10**6), st.integers(0, 3))
def test_seeds_are_the_first_53_bits_of_sha_256_of_a_text(seed: int, game: int, seat: int) -> None:
    def first_53_bits(text: str) -> int:
        return int(hashlib.sha256(text.encode()).hexdigest(), 16) >> (256 - 53)

    assert game_seed(seed, game) == first_53_bits(f"magnate/{seed}/{game}")
    assert bot_seed(seed, game, seat) == first_53_bits(f"magnate/{seed}/{game}/seat/{seat}")
    assert seating_seed(seed, game) == first_53_bits(f"magnate/{seed}/{game}/seats")
