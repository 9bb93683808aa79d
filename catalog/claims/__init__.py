"""The claim ledger: nothing that is said of goods, prices or rules goes out unless it is true.

`check` finds every price, percent, count, quantity, date, attribute, superlative, comparison and
policy in Chinese and English text, resolves it to a product, a shop's policy, a coupon or a count
of reviews, and compares it with the `Ledger`: what the database says at this moment. Sentences
with something wrong or unknown are mended or left out, one by one. No model takes part.

Plain Python; only `Ledger.of` asks the database. For the assistant, for marketing copy and for the
command ``check_claims``.
"""

from catalog.claims.checking import check
from catalog.claims.claim import Checked, Claim, Verdict
from catalog.claims.facts import Ledger

__all__ = ["Checked", "Claim", "Ledger", "Verdict", "check"]
