"""Migrate a fresh database without rendering all models anew at each step. For ``migrate`` only.

Django keeps, beside the state of a migration, classes made of it, and after each operation makes
those of all related models again. Here everything is related to a shop, and 36 of 37 seconds of a
first migration went there. What only adds (a table, a field, an index, a constraint) can be put
into the classes that stand already, as it is when a real module is imported. All else goes
Django's way. It changes no state, only how soon its classes are ready: the tables are the same.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ModelState, ProjectState, StateApps

Change = Callable[..., None]


@contextmanager
def adding_in_place() -> Iterator[None]:
    """While it lasts, what a migration adds is put into the classes that stand."""
    usual = {name: getattr(ProjectState, name) for name in ADDING}
    for name, instead in ADDING.items():
        setattr(ProjectState, name, _beside(usual[name], instead))
    try:
        yield
    finally:
        for name, method in usual.items():
            setattr(ProjectState, name, method)


def _beside(usual: Change, instead: Change) -> Change:
    """Return a method that changes the state as usual, but its classes by ``instead``."""

    def change(state: ProjectState, *args: Any) -> None:
        apps = state.__dict__.pop("apps", None)  # without classes, only the state changes
        usual(state, *args)
        if apps is not None:
            state.__dict__["apps"] = apps
            instead(state, apps, *args)

    return change


def _model(state: ProjectState, apps: StateApps, model: ModelState) -> None:
    if model.name_lower in apps.all_models[model.app_label]:
        state.reload_model(model.app_label, model.name_lower)
    else:
        apps.render_multiple([model])


def _field(state: ProjectState, apps: StateApps, *added: Any) -> None:
    app, model, name = added[:3]
    if any((app, model) in _keys(one) for one in state.models.values()):
        state.reload_model(app, model)  # whoever inherits from it needs the field as well
        return
    with apps.bulk_update():
        apps.get_model(app, model).add_to_class(name, state.models[app, model].fields[name].clone())


def _keys(model: ModelState) -> list[tuple[str, ...]]:
    """Return the models that one inherits from, in small letters."""
    return [tuple(base.lower().split(".")) for base in model.bases if isinstance(base, str)]


def _option(state: ProjectState, apps: StateApps, *added: Any) -> None:
    app, model, option = added[:3]
    meta = apps.get_model(app, model)._meta
    setattr(meta, option, list(state.models[app, model].options[option]))


ADDING: dict[str, Change] = {"add_model": _model, "add_field": _field, "_append_option": _option}
