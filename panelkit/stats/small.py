"""Small numbers withheld from a breakdown that leaves the area, with what would give them away.

Not for the eight tables: their small numbers are published (statistics notes section 2 [V1]).
"""

from __future__ import annotations

from collections.abc import Mapping


def withheld(counted: Mapping[str, int], below: int) -> dict[str, str]:
    """Each count in words: numbers from 1 to ``below`` - 1 are not said, and where that leaves
    one part alone, so that it could be worked out from the total, neither is the next smallest.

    Where all parts together are fewer than ``below``, no part is said at all.
    """
    said = {what: str(number) for what, number in counted.items()}
    small = [what for what, number in counted.items() if 0 < number < below]
    if not small:
        return said
    few = f"fewer than {below}"
    if sum(counted.values()) < below:
        return dict.fromkeys(counted, f"not shown: {few} in all")
    said |= dict.fromkeys(small, few)
    if len(small) == 1:
        others = [what for what, number in counted.items() if number >= below]
        said[min(others, key=lambda what: counted[what])] = "not shown"
    return said
