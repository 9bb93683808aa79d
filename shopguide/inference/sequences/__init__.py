"""What comes next: models that rank items for a history of items.

Their law: every model is fitted on histories and answers with one number for every item; none sees
what an item's number is, only which histories it stands in and which attributes it has. The linear
ones and the neighbours are the peers that every run measures the attentive one beside.
"""
