"""The tables of marketing, a module for each noun."""
