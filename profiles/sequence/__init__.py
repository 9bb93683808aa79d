"""The sequence model in use: learnt from deeds of who agreed, judged, watched, put back.

Its law: workers run the model and store what it says; pages multiply stored vectors. A version goes
live only where it is judged no worse, and what it says of somebody counts only while every deed it
was made of is still there.
"""
