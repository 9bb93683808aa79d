"""The API's schema is a promise: the committed one holds, and says all that the code does."""

import copy
import json
import re
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from shopguide.api import whole_schema
from shopguide.problems import KINDS
from shopguide.rest.breaking import breaking, operations
from shopguide.rest.examples import Composer

ROOT = Path(__file__).resolve().parents[2]
SNAPSHOT = ROOT / "docs" / "api" / "openapi.json"
RENEW = "run manage.py api_schema and commit docs/api/openapi.json"


def committed() -> Any:
    """Return the schema as it was promised."""
    return json.loads(SNAPSHOT.read_text("utf-8"))


def test_nothing_would_break_the_apps_there_are() -> None:
    assert breaking(committed(), whole_schema()) == []


def test_the_committed_schema_is_what_the_code_says() -> None:
    assert committed() == whole_schema(), RENEW


def change(path: str, value: Any) -> Any:
    """Return the schema with one thing changed; ``None`` takes it away."""
    schema = copy.deepcopy(whole_schema())
    place: Any = schema
    *way, last = path.split(" > ")
    for step in way:
        place = place[int(step)] if isinstance(place, list) else place[step]
    if value is None:
        del place[last]
    else:
        place[last] = value
    return schema


CART = "components > schemas > CartOut"
ADDING = "components > schemas > Adding"


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        ("paths > /api/v1/cart/", None, "GET /api/v1/cart/: gone"),
        ("paths > /api/v1/cart/ > get > operationId", "basket", "called basket, was cart"),
        (f"{CART} > properties > shown", None, "200.shown is gone"),
        (f"{CART} > properties > shown > type", "integer", "200.shown is ['integer']"),
        (f"{CART} > required", [], "200.shown may be missing"),
        (f"{ADDING} > required", ["variant", "quantity"], "body.quantity is needed now"),
        (f"{ADDING} > properties > quantity > maximum", 5, "body.quantity has a lower maximum"),
        (f"{ADDING} > properties > variant > type", "string", "body.variant is string"),
        ("paths > /api/v1/cart/lines/ > post > responses > 201", None, "no longer answers 201"),
        ("paths > /api/v1/search/ > get > parameters", [], "parameter q is gone"),
    ],
)
def test_the_gate_sees_what_would_break(path: str, value: Any, said: str) -> None:
    found = breaking(whole_schema(), change(path, value))
    assert any(said in one for one in found), found


def test_what_is_added_breaks_nobody() -> None:
    wider = change(f"{CART} > properties > more", {"type": "string"})
    wider["paths"]["/api/v1/new/"] = {"get": wider["paths"]["/api/v1/cart/"]["get"]}
    assert breaking(whole_schema(), wider) == []


def test_every_operation_is_described_and_shown() -> None:
    """A summary, a tag, who may, and an example of each parameter, body and answer."""
    lacking = []
    for path, method, one in operations(whole_schema()):
        place = f"{method} {path}"
        if not (one.get("summary") and one.get("tags") and "security" in one):
            lacking.append(place)
        lacking += [f"{place} {p['name']}" for p in one.get("parameters", []) if "example" not in p]
        bodies = [one["requestBody"]] if "requestBody" in one else []
        for answer in [*bodies, *one["responses"].values()]:
            lacking += [
                f"{place} {kind}"
                for kind, media in answer.get("content", {}).items()
                if "example" not in media and not media.get("examples")
            ]
    assert lacking == []


def test_every_member_says_what_it_looks_like() -> None:
    schema = whole_schema()
    names = {one["operationId"] for _path, _method, one in operations(schema)}
    assert len(names) == sum(1 for _ in operations(schema))
    from drf_spectacular.generators import SchemaGenerator

    from shopguide.rest.schema import own_examples

    generator = SchemaGenerator()
    generator.get_schema(request=None, public=True)
    composer = Composer(schema["components"]["schemas"], own_examples(generator))
    assert composer.unsaid() == []


def test_every_example_is_of_its_schema() -> None:
    schema = whole_schema()
    wrong = []
    for path, method, one in operations(schema):
        medias = list(one.get("requestBody", {}).get("content", {}).values())
        for answer in one["responses"].values():
            medias += answer.get("content", {}).values()
        shown = [(media["schema"], media["example"]) for media in medias if "example" in media]
        shown += [(each["schema"], each["example"]) for each in one.get("parameters", [])]
        for shape, example in shown:
            whole = {**shape, "components": schema["components"]}
            for error in jsonschema.Draft202012Validator(whole).iter_errors(example):
                wrong.append(f"{method} {path}: {error.json_path} {error.message[:100]}")
    assert wrong == []


def test_every_code_that_is_raised_is_in_the_catalogue() -> None:
    """And every code of the catalogue is one that something raises, says or declares."""
    rooms = ("shopguide", "catalog", "profiles", "assistant", "marketing")
    sources = [one for room in rooms for one in (ROOT / room).rglob("*.py")]
    sources = [one for one in sources if one.name not in ("problems.py",)]
    text = "\n".join(one.read_text("utf-8") for one in sources)
    raised = set(re.findall(r"\b(?:Problem|CartError|NotPlaced)\(\s*\"([a-z_]+)\"", text))
    assert raised - set(KINDS) - {"no_such_line"} == set()
    ours = {code for code in KINDS if kind_is_ours(code)}
    assert {code for code in ours if f'"{code}"' not in text} == set()


def kind_is_ours(code: str) -> bool:
    """Tell whether a code is raised by us; the others are those of the framework."""
    theirs = {"parse_error", "not_authenticated", "authentication_failed", "permission_denied",
              "not_found", "method_not_allowed", "not_acceptable", "unsupported_media_type",
              "throttled", "error", "conflict"}  # fmt: skip
    return code not in theirs
