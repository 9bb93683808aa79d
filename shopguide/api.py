"""The mobile API as one: addresses of all apps, its schema, its page of documentation.

The page is ours, drawn from the schema: no script and nobody else's.
"""

from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path, re_path
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView

from shopguide.problems import not_found, titles

METHODS = ("get", "post", "patch", "put", "delete")


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show every operation with its parameters and answers, and every kind of problem."""
    schema = whole_schema()
    operations = [
        operation(where, method, said, schema["components"]["schemas"])
        for where, item in schema["paths"].items()
        for method, said in item.items()
        if method in METHODS
    ]
    context = {"operations": operations, "titles": sorted(titles().items())}
    return render(request, "api.html", context)


@cache
def whole_schema() -> dict[str, Any]:
    """Return the schema; it changes with the code only."""
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found


def operation(
    where: str, method: str, said: dict[str, Any], schemas: dict[str, Any]
) -> dict[str, Any]:
    """Return one operation in the words of the page."""
    body = said.get("requestBody", {}).get("content", {}).get("application/json", {})
    return {
        "id": said["operationId"],
        "method": method.upper(),
        "path": where,
        "text": said.get("description", ""),
        "parameters": [
            {"name": one["name"], "where": one["in"], "text": one.get("description", "")}
            for one in said.get("parameters", [])
        ],
        "body": fields_of(body.get("schema", {}), schemas),
        "answers": [
            {"status": status, "name": name_of(one)} for status, one in said["responses"].items()
        ],
    }


def fields_of(schema: dict[str, Any], schemas: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the fields of a body: name, kind, and whether it must be there."""
    shape = schemas.get(schema.get("$ref", "").rpartition("/")[2], schema)
    needed = shape.get("required", [])
    return [
        {"name": name, "kind": one.get("type", "object"), "needed": name in needed}
        for name, one in shape.get("properties", {}).items()
    ]


def name_of(answer: dict[str, Any]) -> str:
    """Return the name of an answer's shape."""
    contents: list[dict[str, Any]] = list(answer.get("content", {}).values())
    shape = contents[0].get("schema", {}) if contents else {}
    inner = shape.get("items", shape)
    return str(inner.get("$ref", "").rpartition("/")[2])


urlpatterns = [
    path("v1/", include("catalog.api.urls")),
    path("v1/auth/", include("allauth.headless.urls")),
    path("v1/schema/", SpectacularAPIView.as_view(), name="api_schema"),
    path("v1/docs/", docs, name="api_docs"),
    re_path(r"^(?P<path>.*)$", not_found),
]
