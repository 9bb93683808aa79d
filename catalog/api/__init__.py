"""What a shopper can do, for mobile apps: the same verbs as the pages, in JSON.

An app signs in by ``X-Session-Token``. Before that it keeps the ``Shopper-Token`` of the first
answer that has one; sent along at sign-in, cart and orders become the person's.
"""
