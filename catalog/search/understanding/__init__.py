"""Understanding a shopper's sentence, Chinese and English: a query in, a need out.

Django-free. What is understood is always shown and can always be taken back; constraints are read
only where the words state them.
"""

from catalog.search.understanding.need import Correction, Kind, Need, Slot, Sort
from catalog.search.understanding.params import ParamsError
from catalog.search.understanding.understanding import understand
from catalog.search.understanding.vocabulary import Vocabulary

__all__ = ["Correction", "Kind", "Need", "ParamsError", "Slot", "Sort", "Vocabulary", "understand"]
