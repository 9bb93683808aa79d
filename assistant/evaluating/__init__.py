"""Scripted dialogues, graded by code: what was understood, offered, done, and what the rows say.

Cases are JSONL, one dialogue a line (docs/doing.md). They are played on the shop that is there,
through the same entry as `manage.py ask`, each in a transaction that is rolled back: nothing stays.
No model grades anything.
"""
