"""Editing one product as a sheet of named fields: read, merge with others' edits, check, save.

A field is a key and a text: ``title:en``, ``price:17:CNY``, ``fact:material``. What one person did
not touch is never written, so two people lose nothing unless both changed the same field, and then
they are shown what the other wrote.
"""
