"""The text encoder as the market teaches it: pairs, lessons, versions, the way back.

What is learnt from: the market's own texts, and what people who agreed to the improvement of models
searched for and then took. No text is in the weights, and no searching that one person alone does
is in the pairs.
"""
