"""Addresses as people write them, read into the fields of an address form. Plain Python."""
