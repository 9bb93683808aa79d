"""Fine-tune a text encoder on pairs of texts that belong together, and say whether it is better.

Knows nothing of shops: pairs, groups and families of texts in; a model directory and a card out.
"""
