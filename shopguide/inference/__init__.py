"""The model room: text in, vectors and scores out.

Its law: nothing here knows the shop. No Django, no Celery, no app is imported; strings, ids and
arrays come in, strings and arrays go out. It alone imports torch and transformers, and the web
process never loads it.
"""
