"""What a user may be called, and when two names are the same."""

import unicodedata

LONGEST_NAME = 40
"""In characters (code points), after trimming."""

PUNCTUATION = frozenset(" _.-")


def name_key(name: str) -> str:
    """Return the form in which names are compared: without case, without look-alike forms, blanks joined."""
    key = name
    # Folding case can undo the normal form and the other way round; a few rounds settle it.
    for _ in range(4):
        folded = " ".join(unicodedata.normalize("NFKC", key).casefold().split())
        if folded == key:
            break
        key = folded
    return key


def name_problems(name: str) -> list[str]:
    """Return why `name` (already trimmed) cannot be used, one sentence each."""
    if not name:
        return ["This field may not be blank."]
    problems = []
    if len(name) > LONGEST_NAME:
        problems.append(f"A name has at most {LONGEST_NAME} characters.")
    if not all(_is_allowed(character) for character in name) or unicodedata.category(name[0]).startswith("M"):
        problems.append("A name consists of letters, digits, spaces and _ . - only.")
    return problems


def _is_allowed(character: str) -> bool:
    category = unicodedata.category(character)
    # Marks belong to the letters of many scripts (vowel signs, accents typed apart).
    return character in PUNCTUATION or category[0] in "LM" or category == "Nd"
