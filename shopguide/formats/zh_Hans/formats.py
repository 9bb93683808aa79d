"""Dates in Chinese: no zero before a month."""

MONTH_DAY_FORMAT = "n月j日"
