"""Names of any script, compared without case; passwords that are not the first guess."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from magnate.printable import is_invisible
from magnate.server.accounts.names import is_like_a_bot, name_key, name_problems
from magnate.server.accounts.passwords import PasswordHasher, common_passwords, in_common, password_problems
from magnate.server.looks import looks_of

letters = st.characters(categories=["Lu", "Ll", "Lt", "Lm", "Lo", "Nd"]).filter(lambda each: not is_invisible(each))
names = (
    st.text(letters | st.sampled_from(" _.-"), min_size=1, max_size=40)
    .map(str.strip)
    .filter(lambda name: any(map(str.isalnum, name)))
)


@pytest.mark.parametrize("name", ["a", "Alice", "Núñez 2", "Ωμέγα", "名前", "नमस्ते", "عمر", "x_y.z-1", "7", "a" * 40])
def test_letters_of_any_script_digits_and_a_few_marks_make_a_name(name: str) -> None:
    assert name_problems(name) == []


@pytest.mark.parametrize(
    "name",
    [
        "",
        "a" * 41,
        "a\nb",
        "a\tb",
        "\x1b[31mred",
        "a/b",
        "<b>",
        "a@b",
        "a\u200bb",
        "\u202ea",
        "😀",
        "a\x00",
        "\u0301a",
        "\ud800",
        ".",
        "..",
        "- _ -",
        "a\u2066b",
        "a\U000e0041",
        "a\ufe0f",
        "a\u034fb",
        "\u3164",
        "ab\u115f",
        "z\u0335\u0321\u0347\u0353\u0301",
        "e\u0301\u0301",
        "é\u0301",
        "a" + "\u20dd\u20de" * 3,
        "a\u2800",
        "a\U00016fe4",
        "a\U00013441",
        "a\ue000",
        "a\uffff",
    ],
)
def test_anything_else_is_refused(name: str) -> None:
    assert name_problems(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Alice", "aLICE"),
        ("Straße", "STRASSE"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("é", "e\u0301"),
        ("ｆｕｌｌ", "full"),
        ("ﬁn", "fin"),
        ("a  b", "a b"),
        ("K", "\u212a"),  # the Kelvin sign
    ],
)
def test_names_that_differ_in_case_or_form_alone_are_one(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(
    "name",
    ["Bot_easy_1", "bot-HARD", "Bot very easy 12", "B0t_medium_1", "Воt_ехреrt_2", "bot.grandmaster.x", "Bothard1"],
)
def test_names_like_those_of_bots_are_known(name: str) -> None:
    assert is_like_a_bot(name)


@pytest.mark.parametrize("name", ["Bottega", "bot", "Robot_easy", "Bot Marley", "Bot_7", "Hardy", "Botanist"])
def test_other_names_with_bot_in_them_are_as_good_as_any(name: str) -> None:
    assert not is_like_a_bot(name)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("alice", "аlісе"),  # Cyrillic а, і, с, е
        ("alice", "АLІСЕ"),
        ("Alice", "aIice"),  # a capital i
        ("alice", "a1ice"),
        ("Bob", "В0b"),
        ("Kern", "Kem"),
        ("Νίκος", "Nίκος"),  # a Latin N
        ("player 10", "player lO"),
        ("full", "ｆｕｌｌ"),
        ("alice", "ali\u0307ce"),  # a second dot on the i
        ("alice", "ALİCE"),
        ("jim", "j\u0307i\u0307m"),
        ("Ninh Bị", "Ninh Bi\u0323\u0307"),
    ],
)
def test_names_that_people_would_take_for_each_other_share_a_look(one: str, other: str) -> None:
    mine, theirs = looks_of(one), looks_of(other)
    assert mine.shown == theirs.shown or mine.folded == theirs.folded


@pytest.mark.parametrize(
    ("one", "other"),
    [("alice", "alicia"), ("Núñez", "Nunez"), ("Анна", "Anna"), ("名前", "名刺"), ("user1", "user2"), ("ail", "all")],
)
def test_names_that_can_be_told_apart_share_none(one: str, other: str) -> None:
    mine, theirs = looks_of(one), looks_of(other)
    assert mine.shown != theirs.shown
    assert mine.folded != theirs.folded


@given(names)
def test_every_allowed_name_has_a_key_that_is_its_own_key(name: str) -> None:
    assert name_problems(name) == []
    key = name_key(name)
    assert key
    assert name_key(key) == key
    assert name_key(name.upper()) == name_key(name.upper().lower())
    assert name_key(unicodedata.normalize("NFD", name)) == key


@given(st.text(max_size=60))
def test_no_text_breaks_the_rules_for_names(text: str) -> None:
    assert isinstance(name_problems(text.strip()), list)
    assert name_key(name_key(text)) == name_key(text)


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("short1!", "too short"),
        ("1029384756", "entirely numeric"),
        ("٣٤٥٦٧٨٩٠", "entirely numeric"),
        ("Password1", "too common"),
        ("CONTRASEÑA", "too common"),
        ("margarita", "too similar"),
        ("Margarita1", "too similar"),
        ("atiragram", "too similar"),
        ("x" * 1025, "too long"),
        ("        ", "too short"),
        (" " * 40, "repeats one character"),
        ("\u3000" * 12, "repeats one character"),
        ("a" * 12, "repeats one character"),
        ("a a a a a", "repeats one character"),
        ("      ab", "too short"),
        ("correct\u200bhorse", "invisible"),
        ("correct\x00horse", "control"),
        ("\u202ecorrect horse", "invisible"),
    ],
)
def test_weak_passwords_are_refused_with_the_reason(password: str, reason: str) -> None:
    assert any(reason in problem for problem in password_problems(password, "margarita"))


@pytest.mark.parametrize(
    "password",
    [
        "correct horse 9",
        "8 letters",
        "Tr0ub4dor&3",
        "пароль-посильнее",
        "x" * 1023 + "y",
        "i ❤\ufe0f horses",
        "密码密码安全一二",
    ],
)
def test_other_passwords_are_good(password: str) -> None:
    assert password_problems(password, "margarita") == []


def test_no_password_at_all_is_too_short_and_repeats_nothing() -> None:
    assert password_problems("", "margarita") == ["This password is too short. It must contain at least 8 characters."]


def test_all_reasons_are_told_at_once() -> None:
    assert len(password_problems("1234567", "x")) == 2


def test_the_list_of_common_passwords_holds_only_what_the_other_rules_let_through() -> None:
    assert len(common_passwords()) > 400
    assert all(len(each) >= 8 and not each.isdigit() and each == each.casefold() for each in common_passwords())


@given(st.text(max_size=2000), names)
def test_no_text_breaks_the_rules_for_passwords(password: str, name: str) -> None:
    assert isinstance(password_problems(password, name), list)


@pytest.mark.anyio
async def test_a_password_matches_its_own_hash_only() -> None:
    hasher = PasswordHasher(64, 1)
    hashed = await hasher.hash("correct horse é")
    assert hashed.startswith("$argon2id$")
    assert await hasher.verify("correct horse é", hashed)
    assert await hasher.verify("correct horse e\u0301", hashed), "typed on another keyboard"
    assert not await hasher.verify("correct horse e", hashed)
    assert not await hasher.verify("correct horse é", None)
    assert not await hasher.verify("x", "no hash at all")
    assert await hasher.verify("\ud800", await hasher.hash("\ud800"))
    hasher.close()


@given(name=st.text("abc", max_size=12), password=st.text("abc", max_size=12))
def test_what_name_and_password_havein_common_is_their_longest_common_subsequence(name: str, password: str) -> None:
    lengths = [[0] * (len(password) + 1) for _ in range(len(name) + 1)]
    for i, ours in enumerate(name):
        for j, theirs in enumerate(password):
            one_less = max(lengths[i][j + 1], lengths[i + 1][j])
            lengths[i + 1][j + 1] = lengths[i][j] + 1 if ours == theirs else one_less
    assert in_common(name, password) == lengths[-1][-1]
