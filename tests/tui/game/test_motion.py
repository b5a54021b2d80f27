"""What moves: pieces walk their path, money counts, and a new event ends the old one at once."""

from magnate.engine.actions import THROW_DICES
from magnate.engine.chance import Scripted, Seeded
from magnate.engine.game import apply, new_game
from magnate.tui.board.motion import Motion


def test_a_piece_walks_square_by_square_and_money_counts_up() -> None:
    chance = Scripted(orders=[(0, 1)], dice=[1, 2, 3], then=Seeded(1))
    game = new_game(2, chance)
    game.position[0] = 38
    motion = Motion(game.copy())
    motion.start(game, apply(game, 0, THROW_DICES, chance), animated=True)
    seen: list[int] = []
    money: list[int] = []
    while motion.step():
        seen.append(motion.positions[0])
        money.append(motion.money[0])
    assert list(dict.fromkeys(seen)) == [38, 39, 0, 1, 2, 3, 4]
    assert money == sorted(money)
    assert len(set(money)) > 3
    assert motion.money == game.balance
    assert motion.path == {38, 39, 0, 1, 2, 3}
    assert motion.dice is not None
    assert (motion.dice.first, motion.dice.second, motion.dice.bus) == (1, 2, 3)


def test_without_animation_all_is_there_at_once() -> None:
    chance = Scripted(orders=[(0, 1)], dice=[1, 2, 3], then=Seeded(1))
    game = new_game(2, chance)
    motion = Motion(game.copy())
    motion.start(game, apply(game, 0, THROW_DICES, chance), animated=False)
    assert not motion.moving
    assert motion.positions == game.position


def test_the_next_event_ends_what_still_moves() -> None:
    chance = Scripted(orders=[(0, 1)], dice=[1, 2, 3], then=Seeded(1))
    game = new_game(2, chance)
    motion = Motion(game.copy())
    motion.start(game, apply(game, 0, THROW_DICES, chance), animated=True)
    motion.start(game, (), animated=True)
    assert motion.positions == game.position
