"""What every endpoint shares, so that none can forget it.

An endpoint is an :class:`~shopguide.rest.operations.Operation`: a function with a declaration of
what it takes and answers. A :func:`~shopguide.rest.doors.door` puts operations at an address and
keeps the house rules around them: who is asking, rates, sizes, repeats, entity tags, problems. The
schema is written from the same declarations. It knows nothing of what is sold.
"""
