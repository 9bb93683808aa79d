"""Evidence: which sentence of a product's page answers a question, or that none does.

Before the assistant says that a shop states nothing, the page is read for it. Sentences are scored
by few signs whose weights were learned from written questions (`exercises`); what scores low is no
answer, for a quotation that does not answer is worse than an honest "not stated". It quotes word
for word and concludes nothing; no model runs here, vectors are brought along.
"""

from assistant.doing.evidence.finding import (
    NOTHING,
    Evidence,
    Page,
    evidence_for,
    page_of,
    pages_of,
)

__all__ = ["NOTHING", "Evidence", "Page", "evidence_for", "page_of", "pages_of"]
