"""The project package: wiring on top, cellar below.

Celery is loaded with Django so that tasks are registered wherever Django runs.
"""
