"""Attempts are limited by name and address; unknown users cost as much as known ones."""

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from magnate.server.accounts import attempts, passwords
from magnate.server.accounts.accounts import Accounts
from magnate.server.accounts.attempts import Attempts
from magnate.server.accounts.passwords import PasswordHasher
from magnate.server.addresses import network_of
from magnate.server.errors import BadCredentials, InvalidFields, TooManyAttempts, UnknownUser
from magnate.server.storage import SqliteStorage
from tests.server.support import PASSWORD, FakeClock, fast_settings

pytestmark = pytest.mark.anyio

HOME = "203.0.113.7"
Make = Callable[..., Accounts]


@pytest.fixture
async def make(path: Path, storage: SqliteStorage, clock: FakeClock) -> AsyncIterator[Make]:
    made: list[Accounts] = []

    def make(**changes: object) -> Accounts:
        made.append(Accounts(fast_settings(path, **changes), storage, clock, clock.steady))
        return made[-1]

    yield make
    for accounts in made:
        accounts.close()


async def fail(accounts: Accounts, name: str = "alice", address: str = HOME, times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(BadCredentials):
            await accounts.login(name, "wrong horse 9", address)


async def test_too_many_wrong_passwords_lock_the_name_for_that_address_until_the_window_has_passed(
    make: Make, clock: FakeClock
) -> None:
    accounts = make(login_attempts_per_user=3, login_window_seconds=60)
    await accounts.register("alice", PASSWORD, PASSWORD, HOME)
    await fail(accounts, times=2)
    clock.advance(seconds=20)
    await fail(accounts, "ALICE")
    with pytest.raises(TooManyAttempts) as caught:
        await accounts.login("alice", PASSWORD, HOME)
    assert caught.value.retry_seconds == 40
    assert (await accounts.login("alice", PASSWORD, "203.0.113.8")).username == "alice"
    clock.advance(seconds=40)
    assert (await accounts.login("alice", PASSWORD, HOME)).username == "alice"


@pytest.mark.parametrize("hours", [-1, 1])
async def test_setting_the_date_makes_a_window_neither_longer_nor_shorter(
    make: Make, clock: FakeClock, hours: int
) -> None:
    accounts = make(login_attempts_per_user=3, login_window_seconds=60)
    await accounts.register("alice", PASSWORD, PASSWORD, HOME)
    await fail(accounts, times=3)
    clock.set_by(seconds=hours * 3600)
    clock.advance(seconds=59)
    with pytest.raises(TooManyAttempts):
        await accounts.login("alice", PASSWORD, HOME)
    clock.advance(seconds=1)
    assert (await accounts.login("alice", PASSWORD, HOME)).username == "alice"


async def test_a_success_forgives_the_failures_before_it(make: Make) -> None:
    accounts = make(login_attempts_per_user=3)
    await accounts.register("alice", PASSWORD, PASSWORD, HOME)
    for _ in range(5):
        await fail(accounts, times=2)
        await accounts.login("alice", PASSWORD, HOME)


async def test_an_address_has_a_limit_over_all_names(make: Make) -> None:
    accounts = make(login_attempts_per_address=4)
    for name in ("a", "b", "c", "d"):
        await fail(accounts, name)
    with pytest.raises(TooManyAttempts):
        await accounts.login("e", PASSWORD, HOME)
    await fail(accounts, "e", "203.0.113.8")


async def test_a_name_is_never_locked_by_strangers_who_only_get_slower(make: Make, clock: FakeClock) -> None:
    accounts = make(login_attempts_per_user=5, login_window_seconds=60)
    await accounts.register("alice", PASSWORD, PASSWORD, HOME)
    for number in range(5):
        await fail(accounts, address=f"203.0.113.{100 + number}", times=5)
    await fail(accounts, address="203.0.113.50")
    with pytest.raises(TooManyAttempts):
        await accounts.login("alice", PASSWORD, "203.0.113.50")
    assert (await accounts.login("alice", PASSWORD, HOME)).username == "alice", "the right password from elsewhere"
    clock.advance(seconds=60)
    await fail(accounts, address="203.0.113.50", times=5)


async def test_a_device_that_has_signed_in_before_gets_through_whatever_others_do(make: Make) -> None:
    accounts = make(login_attempts_per_user=2, login_attempts_per_address=4)
    await accounts.register("alice", PASSWORD, PASSWORD, HOME)
    await fail(accounts, times=2)
    await fail(accounts, "bob", times=2)
    with pytest.raises(TooManyAttempts):
        await accounts.login("alice", PASSWORD, HOME)
    assert (await accounts.login("alice", PASSWORD, HOME, "her laptop")).username == "alice"


async def test_a_device_is_limited_too_by_its_own_failures(make: Make) -> None:
    accounts = make(login_attempts_per_user=2)
    await accounts.register("alice", PASSWORD, PASSWORD, HOME)
    for _ in range(2):
        with pytest.raises(BadCredentials):
            await accounts.login("alice", "wrong horse 9", HOME, "her laptop")
    with pytest.raises(TooManyAttempts):
        await accounts.login("alice", PASSWORD, HOME, "her laptop")
    assert (await accounts.login("alice", PASSWORD, HOME)).username == "alice"


async def test_an_ipv6_network_counts_as_one_client(make: Make) -> None:
    accounts = make(login_attempts_per_user=3, registrations_per_address=1)
    for number in range(3):
        await fail(accounts, address=f"2001:db8:1:2::{number}")
    with pytest.raises(TooManyAttempts):
        await accounts.login("alice", PASSWORD, "2001:db8:1:2:ffff::1")
    await fail(accounts, address="2001:db8:1:3::1")
    await accounts.register("a", PASSWORD, PASSWORD, "2001:db8:1:2::1")
    with pytest.raises(TooManyAttempts):
        await accounts.register("b", PASSWORD, PASSWORD, "2001:db8:1:2::2")


async def test_passwords_wait_to_be_checked_up_to_a_bound_and_who_comes_then_has_not_failed(
    make: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "MOST_WAITING", 3)
    free = threading.Event()
    check = PasswordHasher._verify

    def slow(self: PasswordHasher, password: str, password_hash: str | None) -> bool:
        free.wait()
        return check(self, password, password_hash)

    monkeypatch.setattr(PasswordHasher, "_verify", slow)
    accounts = make(login_attempts_per_user=3)
    await accounts.register("alice", PASSWORD, PASSWORD, HOME)
    waiting = [asyncio.create_task(accounts.login("bob", "x", f"203.0.113.{number}")) for number in range(20, 23)]
    while accounts._hasher._waiting < 3:
        await asyncio.sleep(0)
    for _ in range(5):
        with pytest.raises(TooManyAttempts):
            await accounts.login("alice", PASSWORD, HOME)
    free.set()
    assert all(isinstance(each, BadCredentials) for each in await asyncio.gather(*waiting, return_exceptions=True))
    assert (await accounts.login("alice", PASSWORD, HOME)).username == "alice"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("203.0.113.7", "203.0.113.8", False),
        ("203.0.113.7", "::ffff:203.0.113.7", True),
        ("2001:db8::1", "2001:db8:0:0:ffff::", True),
        ("2001:db8::1", "2001:db8:0:1::1", False),
        ("fe80::1%eth0", "fe80::2%eth0", True),
        ("unknown", "unknown", True),
        ("x" * 65, "x" * 64, True),
    ],
)
def test_a_client_is_an_ipv4_address_or_a_64_of_ipv6(one: str, other: str, same: bool) -> None:
    assert (network_of(one) == network_of(other)) is same


async def test_successful_logins_are_not_limited(make: Make) -> None:
    accounts = make(login_attempts_per_user=2, login_attempts_per_address=2)
    await accounts.register("alice", PASSWORD, PASSWORD, HOME)
    for _ in range(20):
        await accounts.login("alice", PASSWORD, HOME)


async def test_registrations_from_an_address_are_limited(make: Make, clock: FakeClock) -> None:
    accounts = make(registrations_per_address=2)
    await accounts.register("a", PASSWORD, PASSWORD, HOME)
    await accounts.register("b", PASSWORD, PASSWORD, HOME)
    with pytest.raises(TooManyAttempts):
        await accounts.register("c", PASSWORD, PASSWORD, HOME)
    await accounts.register("c", PASSWORD, PASSWORD, "203.0.113.8")
    clock.advance(minutes=60)
    await accounts.register("d", PASSWORD, PASSWORD, HOME)


async def test_debug_commands_lift_the_limits_from_loopback_only(make: Make) -> None:
    accounts = make(debug_commands=True, registrations_per_address=1, login_attempts_per_user=1)
    for name in ("a", "b", "c"):
        await accounts.register(name, PASSWORD, PASSWORD, "127.0.0.1")
    await fail(accounts, address="127.0.0.1", times=10)
    await accounts.register("d", PASSWORD, PASSWORD, HOME)
    with pytest.raises(TooManyAttempts):
        await accounts.register("e", PASSWORD, PASSWORD, HOME)


async def test_an_unknown_user_and_a_bot_cost_one_verification_like_everybody(
    make: Make, storage: SqliteStorage, monkeypatch: pytest.MonkeyPatch
) -> None:
    verified: list[bool] = []
    verify = PasswordHasher.verify

    async def counted(self: PasswordHasher, password: str, password_hash: str | None) -> bool:
        verified.append(password_hash is not None)
        return await verify(self, password, password_hash)

    monkeypatch.setattr(PasswordHasher, "verify", counted)
    accounts = make()
    await accounts.register("alice", PASSWORD, PASSWORD, HOME)
    (bot,) = await storage.bot_users("easy", 1, 0)
    await fail(accounts, "alice")
    await fail(accounts, "nobody")
    await fail(accounts, bot.username)
    assert verified == [True, False, False]


async def test_a_login_renews_a_hash_that_was_made_with_weaker_parameters(make: Make, storage: SqliteStorage) -> None:
    await make().register("alice", PASSWORD, PASSWORD, HOME)
    before = await storage.credentials("alice")
    await make(password_memory_kib=128).login("alice", PASSWORD, HOME)
    after = await storage.credentials("alice")
    assert before is not None
    assert after is not None
    assert "m=128" in after.password_hash
    assert "m=128" not in before.password_hash
    await make(password_memory_kib=128).login("alice", PASSWORD, HOME)


async def test_the_operator_makes_finds_and_changes_users_by_the_same_rules(make: Make) -> None:
    accounts = make(registrations_per_address=1)
    user = await accounts.create(" Alice ", PASSWORD)
    assert (await accounts.find("ALICE")).pk == user.pk
    with pytest.raises(InvalidFields):
        await accounts.create("alice", PASSWORD)
    with pytest.raises(InvalidFields, match="too short"):
        await accounts.change_password(user, "short")
    await accounts.change_password(user, "another horse 9")
    assert (await accounts.login("alice", "another horse 9", HOME)).pk == user.pk
    with pytest.raises(UnknownUser, match="no user named 'bob'"):
        await accounts.find("bob")


def test_attempts_are_forgotten_rather_than_kept_without_end(clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "MOST_KEYS", 3)
    counted = Attempts(60, clock)
    for key in "abcabd":
        counted.add({key: 1})
    assert set(counted._times) == {"a", "b", "d"}
    clock.advance(seconds=60)
    counted.check(dict.fromkeys("abd", 1))
    assert not counted._times
