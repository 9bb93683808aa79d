"""The evaluation lab: models measured on what people really did next, peers in the same run.

Its law: what is measured was seen by no model and by no choice of settings.
"""
