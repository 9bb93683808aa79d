"""The mobile API as one: addresses of all apps, its schema, its page of documentation.

The page is ours, drawn from the schema: no script and nobody else's.
"""

import json
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path, re_path
from django.utils import translation
from django.views.decorators.http import require_safe
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiYamlRenderer

from shopguide.problems import KINDS, not_found
from shopguide.rest.schema import operations_of
from shopguide.rest.tagging import conditional

YAML = "application/vnd.oai.openapi"


@require_safe
def docs(request: HttpRequest) -> HttpResponse:
    """Show every operation with its parameters and answers, and every kind of problem."""
    schema = whole_schema()
    by_tag: dict[str, list[dict[str, Any]]] = {}
    for where, method, said in operations_of(schema):
        one = operation(where, method, said, schema["components"]["schemas"])
        by_tag.setdefault(said["tags"][0], []).append(one)
    problems = [
        {"code": code, "id": problem_id(code), "kind": kind} for code, kind in KINDS.items()
    ]
    return render(request, "api.html", {"groups": by_tag, "problems": problems})


@require_safe
def schema(request: HttpRequest) -> HttpResponse:
    """Answer with the schema, as JSON or, for who asks for it, as YAML."""
    accepted = request.headers.get("Accept", "")
    if request.GET.get("format") == "yaml" or ("yaml" in accepted or YAML in accepted):
        text = OpenApiYamlRenderer().render(whole_schema(), renderer_context={})
        return conditional(request, HttpResponse(text, content_type=f"{YAML}; charset=utf-8"))
    return conditional(request, HttpResponse(as_text(), content_type="application/json"))


@cache
def whole_schema() -> dict[str, Any]:
    """Return the schema; it changes with the code only, and its words are English."""
    with translation.override("en"):
        found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
        plain: dict[str, Any] = json.loads(json.dumps(found, default=str))
    return plain


@cache
def as_text() -> str:
    """Return the schema as it is written to a file."""
    return json.dumps(whole_schema(), ensure_ascii=False, indent=1) + "\n"


def operation(
    where: str, method: str, said: dict[str, Any], schemas: dict[str, Any]
) -> dict[str, Any]:
    """Return one operation in the words of the page."""
    body = said.get("requestBody", {}).get("content", {}).get("application/json", {})
    answer = next(iter(said["responses"].values())).get("content", {}).get("application/json", {})
    return {
        "id": said["operationId"],
        "method": method.upper(),
        "path": where,
        "text": said.get("description", ""),
        "going": said.get("deprecated", False),
        "parameters": [
            {"name": one["name"], "where": one["in"], "text": one.get("description", "")}
            for one in said.get("parameters", [])
        ],
        "body": fields_of(body.get("schema", {}), schemas),
        "sent": shown(body),
        "answered": shown(answer),
        "answers": [
            {"status": status, "codes": codes_of(one)} for status, one in said["responses"].items()
        ],
    }


def shown(media: dict[str, Any]) -> str:
    """Return the example of a body or an answer as text."""
    return json.dumps(media["example"], ensure_ascii=False, indent=2) if "example" in media else ""


def codes_of(answer: dict[str, Any]) -> list[dict[str, str]]:
    """Return the problem codes that an answer may have, and where each is explained."""
    medias = answer.get("content", {}).values()
    codes = [code for media in medias for code in media.get("examples", {})]
    return [{"code": code, "id": problem_id(code)} for code in codes]


def problem_id(code: str) -> str:
    """Return what a problem is called on the page of documentation."""
    return code.replace("_", "-").lower()


def fields_of(schema: dict[str, Any], schemas: dict[str, Any]) -> list[dict[str, Any]]:
    """Return the fields of a body: name, kind, and whether it must be there."""
    shape = schemas.get(schema.get("$ref", "").rpartition("/")[2], schema)
    needed = shape.get("required", [])
    return [
        {"name": name, "kind": one.get("type", "object"), "needed": name in needed}
        for name, one in shape.get("properties", {}).items()
    ]


urlpatterns = [
    path("v1/", include("catalog.api.urls")),
    path("v1/", include("profiles.api.urls")),
    path("v1/", include("assistant.api.urls")),
    path("v1/", include("marketing.api.urls")),
    # Nobody has a telephone here; allauth's addresses for them would only break.
    re_path(r"^v1/auth/app/v1/(?:account|auth)/phone(?:/.*)?$", not_found),
    path("v1/auth/", include("allauth.headless.urls")),
    path("v1/schema/", schema, name="api_schema"),
    path("v1/docs/", docs, name="api_docs"),
    re_path(r"^(?P<path>.*)$", not_found),
]
