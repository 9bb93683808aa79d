"""Pages of the shop window and of the portal: validate, call one verb, present.

A view holds no rule of the shop. What a person may not see is a 404.
"""
