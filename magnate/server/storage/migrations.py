"""The schema, as steps in order: each is applied once, in one transaction with the note that it was.

A new table or column is a new function at the end of this file; a step that was released never changes.
"""

from itertools import pairwise

from msgspec.structs import astuple
from sqlite_utils import Database, Migrations

from magnate.server.looks import looks_of
from magnate.texts.bots import BOT_NAMES

APPLICATION_ID = 0x4D41474E
"""Marks our files ("MAGN" in ASCII), so that another program's database is never touched."""

MIGRATIONS = Migrations("magnate")


@MIGRATIONS()
def m001_users(db: Database) -> None:
    """People and bots, what they own, their sessions and their ratings."""
    db.executescript(
        """
        CREATE TABLE users (
            pk INTEGER PRIMARY KEY AUTOINCREMENT,
            username TEXT NOT NULL,
            name_key TEXT NOT NULL UNIQUE,
            password_hash TEXT,
            is_bot INTEGER NOT NULL DEFAULT 0 CHECK (is_bot IN (0, 1)),
            bot_level TEXT CHECK ((bot_level IS NOT NULL) = is_bot),
            points INTEGER NOT NULL DEFAULT 0 CHECK (points >= 0),
            exp INTEGER NOT NULL DEFAULT 0,
            elo INTEGER NOT NULL,
            played INTEGER NOT NULL DEFAULT 0,
            won INTEGER NOT NULL DEFAULT 0,
            piece INTEGER NOT NULL DEFAULT 0,
            joined_ms INTEGER NOT NULL,
            CHECK ((password_hash IS NULL) = is_bot)
        ) STRICT;
        CREATE INDEX users_by_bot_level ON users (bot_level) WHERE is_bot = 1;

        CREATE TABLE items_owned (
            user INTEGER NOT NULL REFERENCES users,
            custom_id INTEGER NOT NULL,
            price INTEGER NOT NULL,
            bought_ms INTEGER NOT NULL,
            PRIMARY KEY (user, custom_id)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE sessions (
            family TEXT PRIMARY KEY,
            user INTEGER NOT NULL REFERENCES users,
            token TEXT NOT NULL,
            opened_ms INTEGER NOT NULL,
            expires_ms INTEGER NOT NULL,
            revoked_ms INTEGER
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX sessions_by_user ON sessions (user);
        CREATE INDEX sessions_by_expiry ON sessions (expires_ms);

        CREATE TABLE ratings (
            user INTEGER PRIMARY KEY REFERENCES users,
            mu REAL NOT NULL,
            sigma REAL NOT NULL CHECK (sigma > 0)
        ) STRICT;
        """
    )


@MIGRATIONS()
def m002_lobby(db: Database) -> None:
    """The public queue and the codes of private rooms."""
    db.executescript(
        """
        CREATE TABLE queue_places (
            place INTEGER PRIMARY KEY AUTOINCREMENT,
            user INTEGER NOT NULL UNIQUE REFERENCES users,
            joined_ms INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE rooms (
            code TEXT PRIMARY KEY,
            maker INTEGER NOT NULL REFERENCES users,
            reserved_ms INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX rooms_by_maker ON rooms (maker);
        """
    )


@MIGRATIONS()
def m003_games(db: Database) -> None:
    """Games, who sits where, what happened, how it ended, and when the server was down meanwhile."""
    db.executescript(
        """
        CREATE TABLE games (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            settings BLOB NOT NULL,
            status TEXT NOT NULL DEFAULT 'running' CHECK (status IN ('running', 'finished', 'aborted')),
            created_ms INTEGER NOT NULL,
            first_deadline_ms INTEGER,
            finished_ms INTEGER,
            final_money TEXT NOT NULL DEFAULT '{}',
            summary BLOB NOT NULL DEFAULT x'',
            CHECK ((finished_ms IS NULL) = (status = 'running'))
        ) STRICT;
        CREATE INDEX games_running ON games (id) WHERE status = 'running';

        CREATE TABLE seats (
            game INTEGER NOT NULL REFERENCES games,
            seat INTEGER NOT NULL,
            user INTEGER NOT NULL REFERENCES users,
            playing INTEGER NOT NULL DEFAULT 1 CHECK (playing IN (0, 1)),
            PRIMARY KEY (game, seat),
            UNIQUE (game, user)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX seats_playing ON seats (user, game) WHERE playing = 1;

        CREATE TABLE game_log (
            game INTEGER NOT NULL REFERENCES games,
            seq INTEGER NOT NULL,
            seat INTEGER,
            clock_ms INTEGER NOT NULL,
            deadline_ms INTEGER,
            payload BLOB NOT NULL,
            PRIMARY KEY (game, seq)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE results (
            game INTEGER NOT NULL REFERENCES games,
            user INTEGER NOT NULL REFERENCES users,
            seat INTEGER NOT NULL,
            rank INTEGER NOT NULL,
            worth INTEGER NOT NULL,
            points INTEGER NOT NULL,
            elo_before INTEGER NOT NULL,
            elo_after INTEGER NOT NULL,
            PRIMARY KEY (game, user)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX results_by_user ON results (user, game);

        CREATE TABLE server_runs (
            began_ms INTEGER NOT NULL,
            alive_ms INTEGER NOT NULL
        ) STRICT;
        """
    )


@MIGRATIONS()
def m004_meetings(db: Database) -> None:
    """How many games two users finished with each other on the last day on which they did (days since 1970, UTC)."""
    db.executescript(
        """
        CREATE TABLE meetings (
            one INTEGER NOT NULL REFERENCES users,
            other INTEGER NOT NULL REFERENCES users,
            day INTEGER NOT NULL,
            games INTEGER NOT NULL,
            PRIMARY KEY (one, other),
            CHECK (one < other)
        ) STRICT, WITHOUT ROWID;
        """
    )


@MIGRATIONS()
def m005_game_time(db: Database) -> None:
    """Deadlines in game time, which stands still between two runs, instead of dates that each run had to move.

    Game time goes on from the date at which the last server was alive, so that deadlines of running games only move by
    the time that no server ran since.
    """
    runs = db.execute("SELECT began_ms, alive_ms FROM server_runs ORDER BY rowid").fetchall()
    games = db.execute(
        "SELECT id, coalesce(clock_ms, created_ms), seq, iif(seq IS NULL, first_deadline_ms, deadline_ms) FROM games "
        "LEFT JOIN game_log ON game = id AND seq = (SELECT max(seq) FROM game_log WHERE game = id) "
        "WHERE status = 'running'"
    ).fetchall()
    for game, clock_ms, seq, deadline_ms in games:
        if deadline_ms is None:
            continue
        # What happened at `clock_ms` proves that the server was alive then, heartbeat or not.
        down = sum(max(0, began - max(alive, clock_ms)) for (_, alive), (began, _) in pairwise(runs))
        if seq is None:
            db.execute("UPDATE games SET first_deadline_ms = ? WHERE id = ?", (deadline_ms + down, game))
        else:
            db.execute(
                "UPDATE game_log SET deadline_ms = ? WHERE game = ? AND seq = ?", (deadline_ms + down, game, seq)
            )
    now_ms = max([alive for _, alive in runs] + [clock_ms for _, clock_ms, _, _ in games], default=0)
    db.execute("CREATE TABLE game_time (now_ms INTEGER NOT NULL) STRICT")
    db.execute("INSERT INTO game_time VALUES (?)", (now_ms,))
    db.execute("DROP TABLE server_runs")


@MIGRATIONS()
def m006_looks(db: Database) -> None:
    """How each name looks. Names that look alike already may stay: only a new one must look different from all."""
    db.execute("ALTER TABLE users ADD COLUMN look_shown TEXT")
    db.execute("ALTER TABLE users ADD COLUMN look_folded TEXT")
    _look_at_names(db)
    db.execute("CREATE INDEX users_by_look_shown ON users (look_shown)")
    db.execute("CREATE INDEX users_by_look_folded ON users (look_folded)")


@MIGRATIONS()
def m007_looks_of_dotted_letters(db: Database) -> None:
    """The looks of all names anew: a second dot on an i used to make another look."""
    _look_at_names(db)


@MIGRATIONS()
def m008_guests(db: Database) -> None:
    """Guests, who have no password, and when each was last here: NULL for all others, and once they are forgotten."""
    db.execute("ALTER TABLE users ADD COLUMN is_guest INTEGER NOT NULL DEFAULT 0 CHECK (is_guest IN (0, 1))")
    db.execute("ALTER TABLE users ADD COLUMN guest_seen_ms INTEGER")
    db.execute("CREATE INDEX users_by_guest_seen ON users (guest_seen_ms) WHERE guest_seen_ms IS NOT NULL")


@MIGRATIONS()
def m009_shares(db: Database) -> None:
    """How much each game counted for points and ratings, and why; NULL for games that ended before."""
    db.execute("ALTER TABLE results ADD COLUMN length_share REAL")
    db.execute("ALTER TABLE results ADD COLUMN meetings_share REAL")


@MIGRATIONS()
def m010_names_of_bots(db: Database) -> None:
    """Bots get names of their own instead of `Bot_<level>_<number>`, where nobody else has them."""
    bots = db.execute("SELECT pk, bot_level FROM users WHERE is_bot = 1 ORDER BY pk").fetchall()
    for pk, level in bots:
        for name in BOT_NAMES.get(level, ()):
            key, looks = name.casefold(), astuple(looks_of(name))
            renamed = db.execute(
                "UPDATE users SET username = ?, name_key = ?, look_shown = ?, look_folded = ? WHERE pk = ? "
                "AND NOT EXISTS (SELECT 1 FROM users WHERE name_key = ? OR look_shown = ? OR look_folded = ?)",
                (name, key, *looks, pk, key, *looks),
            )
            if renamed.rowcount:
                break


def _look_at_names(db: Database) -> None:
    names = db.execute("SELECT pk, username FROM users").fetchall()
    looks = [(*astuple(looks_of(username)), pk) for pk, username in names]
    db.conn.executemany("UPDATE users SET look_shown = ?, look_folded = ? WHERE pk = ?", looks)
