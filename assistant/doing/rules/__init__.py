"""Rules over stated facts: units, fit, size, suitability. Plain Python; nothing is guessed.

A rule answers yes or no only where the facts decide; everything else is unknown and stays so.
"""
