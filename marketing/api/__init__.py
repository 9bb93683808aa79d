"""This department's operations for apps."""
