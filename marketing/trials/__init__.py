"""Comparing texts on shoppers: arms of copy on the experiment engine of `profiles`."""
