"""How names stand in a sentence, and how words become one."""

from collections.abc import Iterable


def listed(names: Iterable[str]) -> str:
    """Return names as a list in a sentence.

    >>> listed(["Milan"]), listed(["Milan", "Chicago"]), listed(["A", "B", "C"])
    ('Milan', 'Milan and Chicago', 'A, B and C')
    """
    words = list(names)
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))


def sentence(words: str) -> str:
    """Return words as a sentence.

    >>> sentence("it is on hold")
    'It is on hold.'
    """
    return f"{words[0].upper()}{words[1:]}."
