"""Where recommendations come from, each source with its switch, its weight and its figures.

What is learnt from everybody is stored as rows by a worker; pages read and add them up.
"""
