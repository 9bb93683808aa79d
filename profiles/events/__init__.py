"""Deeds from outside: what apps send, and files of the formats that researchers and shops have."""
