"""Plan and facts in, sentences out: for the assistant and for marketing. No Django, no database.

A `Plan` says what is to be said (an act of `acts`), in which language, with which facts; prices,
dates and totals arrive written as the reader is to see them. The `Realiser` writes by itself; a
model (`local`, `endpoint`) may only rephrase what the realiser wrote, with every figure and name a
slot, and any sentence of it that does not hold is the realiser's again (`rewriting`).
"""

from shopguide.writing.plan import Holds, Plan, Writer, joined
from shopguide.writing.realiser import Realiser, write

__all__ = ["Holds", "Plan", "Realiser", "Writer", "joined", "write"]
