"""What a shopper is like, drawn from what they did, in words they can read and correct."""
