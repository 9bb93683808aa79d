"""Shapes of requests and answers. Amounts are text, so that no cent is lost.

Each says in ``example`` what its members look like; the schema's examples are put together of it.
"""
