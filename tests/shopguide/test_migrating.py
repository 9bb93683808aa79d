"""Migrating adds in place; the classes it works with are those of the models as they are."""

from typing import Any

from django.apps import apps as real_apps
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.state import ProjectState

from shopguide.migrating import ADDING, adding_in_place

OURS = ("accounts", "catalog", "profiles", "assistant", "marketing")


def told(model: Any) -> dict[str, Any]:
    """Return what the database would see of a model."""
    meta = model._meta
    return {
        "table": meta.db_table,
        "columns": {
            field.column: (type(field).__name__, field.null, field.db_type(connection))
            for field in meta.concrete_fields
        },
        "points": {
            field.name: field.related_model._meta.label_lower
            for field in meta.concrete_fields if field.is_relation
        },
        "constraints": sorted(one.name for one in meta.constraints),
        "indexes": sorted(one.name for one in meta.indexes),
    }  # fmt: skip


def test_the_classes_of_all_migrations_are_those_of_the_models() -> None:
    loader = MigrationLoader(None)
    with adding_in_place():
        state = ProjectState(real_apps=loader.unmigrated_apps)
        for key in loader.graph.leaf_nodes():
            for step in loader.graph.forwards_plan(key):
                if step not in state.__dict__.setdefault("done", set()):
                    state.__dict__["done"].add(step)
                    loader.graph.nodes[step].mutate_state(state, preserve=False)
                    assert state.apps  # rendered from the first step on, as with a database
    for label in OURS:
        for model in real_apps.get_app_config(label).get_models():
            assert told(state.apps.get_model(label, model.__name__)) == told(model)


def test_django_is_as_it_was_afterwards() -> None:
    before = {name: getattr(ProjectState, name) for name in ADDING}
    try:
        with adding_in_place():
            assert all(getattr(ProjectState, name) is not before[name] for name in ADDING)
            raise KeyError
    except KeyError:
        pass
    assert {name: getattr(ProjectState, name) for name in ADDING} == before
