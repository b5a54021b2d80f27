"""Registration and login: who may have an account, and who proves to have one."""

from collections.abc import Hashable

from magnate.server.accounts.attempts import Attempts
from magnate.server.accounts.names import LONGEST_NAME, guest_names, is_like_a_bot, name_key, name_problems
from magnate.server.accounts.passwords import PasswordHasher, password_problems
from magnate.server.addresses import network_of
from magnate.server.clock import Clock, steady_clock
from magnate.server.config import Settings, is_loopback
from magnate.server.errors import (
    BadCredentials,
    InvalidFields,
    NameLooksTaken,
    NameTaken,
    NoGuests,
    NotAGuest,
    TooBusy,
    UnknownUser,
)
from magnate.server.storage import Storage
from magnate.server.storage.records import User

TAKEN = "A user with that username already exists."
LOOKS_TAKEN = "This name looks like that of another user."
REGISTRATION_WINDOW_SECONDS = 3600.0
DAY_MS = 86_400_000
FORGET_AT_ONCE = 100
"""Guests that are forgotten in one transaction, so that nobody waits for it."""
MANY = 5
"""A name is under attack when this many times the limit of one address have failed, from all addresses together; then
each address that is not known has this part of the limit. It is never locked."""


class Accounts:
    """Makes and recognizes users. Attempts are limited by name and address (the client's, as text)."""

    def __init__(self, settings: Settings, storage: Storage, clock: Clock, steady: Clock = steady_clock) -> None:
        """Begin with no attempts; `clock` says the date, `steady` counts the windows and is set by nobody."""
        self._settings = settings
        self._storage = storage
        self._clock = clock
        self._hasher = PasswordHasher(settings.password_memory_kib, settings.password_passes)
        self._failed_logins = Attempts(settings.login_window_seconds, steady)
        self._failed_by_name = Attempts(settings.login_window_seconds, steady)
        self._most_by_name = settings.login_attempts_per_user * MANY
        self._registrations = Attempts(REGISTRATION_WINDOW_SECONDS, steady)
        self._guests = Attempts(REGISTRATION_WINDOW_SECONDS, steady)

    async def register(self, username: str, password: str, password2: str, address: str) -> User:
        """Make a person.

        Raises:
            InvalidFields: the name is bad or taken, the passwords differ or are weak.
            TooManyAttempts: too many users from that address.
        """
        username = username.strip()
        self._check_fields(username, password, password2)
        self._count(self._registrations, address, self._settings.registrations_per_address)
        return await self.create(username, password)

    async def guest(self, username: str | None, address: str) -> User:
        """Make a guest, under that name or, where it is taken or none is given, under one like it.

        Raises:
            InvalidFields: the name is bad.
            NoGuests: this server has none.
            TooManyAttempts: too many guests from that address.
        """
        if not self._settings.guests:
            raise NoGuests
        wanted = (username or "").strip()
        if wanted:
            problems = name_problems(wanted)
            if not problems and is_like_a_bot(wanted):
                problems = [TAKEN]
            if problems:
                raise InvalidFields({"username": problems})
        self._count(self._guests, address, self._settings.guests_per_address)
        names = [(name, name_key(name)) for name in guest_names(wanted)]
        try:
            return await self._storage.create_guest(names, self._clock())
        except NameTaken:
            raise InvalidFields({"username": [TAKEN]}) from None

    async def claim(self, guest: User, username: str, password: str, password2: str, address: str) -> User:
        """Make a guest's account lasting, with a name and a password; games, points and rating stay.

        Raises:
            InvalidFields: the name is bad or taken, the passwords differ or are weak.
            NotAGuest: the account is lasting already.
            TooManyAttempts: too many new users from that address.
        """
        username = username.strip()
        if not guest.is_guest:
            raise NotAGuest
        self._check_fields(username, password, password2)
        self._count(self._registrations, address, self._settings.registrations_per_address)
        password_hash = await self._hasher.hash(password)
        try:
            claimed = await self._storage.claim(guest.pk, username, name_key(username), password_hash)
        except NameLooksTaken:
            raise InvalidFields({"username": [LOOKS_TAKEN]}) from None
        except NameTaken:
            raise InvalidFields({"username": [TAKEN]}) from None
        if claimed is None:
            raise NotAGuest
        return claimed

    async def forget_guests(self) -> None:
        """Forget the guests who have stayed away for too long."""
        oldest_ms = self._clock() - int(self._settings.guest_days * DAY_MS)
        while await self._storage.forget_guests(oldest_ms, FORGET_AT_ONCE) == FORGET_AT_ONCE:
            pass

    def _count(self, attempts: Attempts, address: str, most: int) -> None:
        """Count one new user from an address. Raises `TooManyAttempts`."""
        limits: dict[Hashable, int] = {}
        if not self._is_unlimited(address):
            limits[network_of(address)] = most
        attempts.check(limits)
        attempts.add(limits)

    async def create(self, username: str, password: str) -> User:
        """Make a person without limits, for the operator; raises `InvalidFields` like `register`."""
        username = username.strip()
        self._check_fields(username, password, password)
        if await self._storage.credentials(name_key(username)) is not None:
            raise InvalidFields({"username": [TAKEN]})  # before the expensive hash
        password_hash = await self._hasher.hash(password)
        try:
            return await self._storage.create_user(username, name_key(username), password_hash, self._clock())
        except NameLooksTaken:
            raise InvalidFields({"username": [LOOKS_TAKEN]}) from None
        except NameTaken:
            raise InvalidFields({"username": [TAKEN]}) from None

    async def login(self, username: str, password: str, address: str, device: str | None = None) -> User:
        """Return the person with that name and password; unknown names, bots and wrong passwords look the same.

        Args:
            username: the name, in any case and form.
            password: the password.
            address: of the client.
            device: the id of the client's device, when this name has signed in on it before: its failures count apart.

        Raises:
            BadCredentials: they do not belong together.
            TooManyAttempts: too many failed before, or the server has too many passwords to check just now.
        """
        key = name_key(username.strip())
        name = key[:LONGEST_NAME]  # no name is longer, and what is remembered must not be
        limits = self._login_limits(name, address, device)
        self._failed_logins.check(limits)
        # Counted before the slow part, so that attempts made at the same time count too.
        self._failed_logins.add(limits)
        found = await self._storage.credentials(key)
        try:
            right = await self._hasher.verify(password, found.password_hash if found else None)
        except TooBusy:
            self._failed_logins.take_back(limits)
            raise
        if not right or found is None:
            if device is None:
                self._failed_by_name.add({name: self._most_by_name})
            raise BadCredentials
        self._failed_logins.take_back(limits)
        for by_name in list(limits)[:1]:
            self._failed_logins.forget(by_name)
        if self._hasher.is_outdated(found.password_hash):
            password_hash = await self._hasher.hash(password)
            await self._storage.set_password(found.user.pk, password_hash, revoke_sessions=False)
        return found.user

    def _login_limits(self, name: str, address: str, device: str | None) -> dict[Hashable, int]:
        """Return what a login counts for and how often it may fail there, first what a success forgives."""
        per_user = self._settings.login_attempts_per_user
        if self._is_unlimited(address):
            return {}
        if device is not None:
            return {("device", device): per_user}
        network = network_of(address)
        if self._failed_by_name.reached(name, self._most_by_name):
            per_user = max(1, per_user // MANY)
        return {
            ("name and address", name, network): per_user,
            ("address", network): self._settings.login_attempts_per_address,
        }

    async def find(self, username: str) -> User:
        """Return the person with that name. Raises `UnknownUser`."""
        found = await self._storage.credentials(name_key(username))
        if found is None:
            raise UnknownUser(username)
        return found.user

    async def change_password(self, user: User, password: str) -> None:
        """Give a person a new password and void all their sessions. Raises `InvalidFields` if it is weak."""
        problems = password_problems(password, user.username)
        if problems:
            raise InvalidFields({"password": problems})
        await self._storage.set_password(user.pk, await self._hasher.hash(password), revoke_sessions=True)

    def close(self) -> None:
        """End the threads that hash."""
        self._hasher.close()

    def _is_unlimited(self, address: str) -> bool:
        return self._settings.debug_commands and is_loopback(address)

    @staticmethod
    def _check_fields(username: str, password: str, password2: str) -> None:
        fields: dict[str, list[str]] = {}
        if problems := name_problems(username):
            fields["username"] = problems
        elif is_like_a_bot(username):
            fields["username"] = [TAKEN]
        if problems := password_problems(password, username):
            fields["password"] = problems
        if password != password2:
            fields["password2"] = ["The two passwords do not match."]
        if fields:
            raise InvalidFields(fields)
