"""Remember which SKUs a file has used, in 16 bytes each, so that memory stays small.

For the normaliser. A Python set of a million texts takes 120 MB; this takes 16 to 32.
"""

from array import array

FIRST_SLOTS = 1 << 12


class Seen:
    """A set of texts that keeps their 64-bit hashes only: open addressing, at most half full.

    Two different SKUs of a file of five million clash with a chance of 1 in 1.5 million.
    """

    def __init__(self) -> None:
        self._slots = array("Q", bytes(8 * FIRST_SLOTS))
        self._count = 0

    def __contains__(self, text: str) -> bool:
        return self._slots[self._place(hash(text) & 0xFFFFFFFFFFFFFFFF or 1)] != 0

    def __len__(self) -> int:
        return self._count

    def add(self, text: str) -> None:
        """Remember the text."""
        number = hash(text) & 0xFFFFFFFFFFFFFFFF or 1
        place = self._place(number)
        if self._slots[place]:
            return
        self._slots[place] = number
        self._count += 1
        if self._count * 2 > len(self._slots):
            self._grow()

    def _place(self, number: int) -> int:
        """Return where the number is, or the free slot where it would be."""
        slots, mask = self._slots, len(self._slots) - 1
        place = number & mask
        while slots[place] and slots[place] != number:
            place = (place + 1) & mask
        return place

    def _grow(self) -> None:
        old = self._slots
        self._slots = array("Q", bytes(16 * len(old)))
        for number in old:
            if number:
                self._slots[self._place(number)] = number
