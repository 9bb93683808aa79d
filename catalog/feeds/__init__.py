"""Catalogues from outside: read a file, make typed records of it, write what changed.

Law of this wing: a bad row never costs a good one, whatever is wrong is said by line, column,
value, reason and remedy, and memory does not grow with the file.
"""
