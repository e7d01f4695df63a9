"""How names stand in a sentence."""

from collections.abc import Iterable


def listed(names: Iterable[str]) -> str:
    """Return names as a list in a sentence.

    >>> listed(["Milan"]), listed(["Milan", "Chicago"]), listed(["A", "B", "C"])
    ('Milan', 'Milan and Chicago', 'A, B and C')
    """
    words = list(names)
    return " and ".join(filter(None, (", ".join(words[:-1]), *words[-1:])))
