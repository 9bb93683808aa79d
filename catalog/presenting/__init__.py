"""What verbs return, turned into what templates show: words, money, links.

For views. It decides nothing and asks the database nothing: whatever it shows was fetched before.
"""
