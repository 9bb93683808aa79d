"""What kind of shopper somebody is, and whether an order is near: a trained model's word.

It is told with its chance and with the deeds that speak for it, it may be called wrong, and it is
made anew by a worker after each deed. Its labels are simulated shoppers' (`simulating.characters`).
"""
