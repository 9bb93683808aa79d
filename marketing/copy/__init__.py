"""Copy: what a shop says of its goods, per channel and language, each statement with its fact.

A brief becomes variants, a variant a draft; a person approves a draft, then it is published.
"""
