"""Dates in English: months by name, since 11/10 is two days, and one look whatever the length."""

DATE_FORMAT = SHORT_DATE_FORMAT = "M j, Y"
DATETIME_FORMAT = SHORT_DATETIME_FORMAT = "M j, Y, g:i A"
MONTH_DAY_FORMAT = "M j"
TIME_FORMAT = "g:i A"
