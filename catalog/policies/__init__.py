"""A shop's written policies as data, and the functions that decide by them.

`terms` is what a shop may set, `deciding` the pure functions (a line, a moment → a `Decision`),
`versions` the rows: an order keeps the version that held when it was placed. No model is asked and
no prose decides; whoever answers a shopper asks the same functions as the pages do. Their words are
in `catalog.presenting.policies`.
"""
