"""A client made of nothing but the committed schema: what it says is all that the client knows."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import jsonschema
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart

SCHEMA = Path(__file__).resolve().parents[3] / "docs" / "api" / "openapi.json"


class Generated:
    """Calls operations by their ids, and holds every answer against the schema."""

    def __init__(self, **headers: str) -> None:
        self.schema = json.loads(SCHEMA.read_text("utf-8"))
        self.headers = headers
        self.operations = {
            one["operationId"]: (method, path, one)
            for path, item in self.schema["paths"].items()
            for method, one in item.items()
        }

    def call(self, name: str, body: Any = None, *, key: str = "", **given: Any) -> Any:
        """Call an operation; parameters go where the schema says. Return the body."""
        method, path, said = self.operations[name]
        query = []
        for parameter in said.get("parameters", []):
            value = given.pop(parameter["name"], None)
            if parameter["in"] == "path":
                path = path.replace(f"{{{parameter['name']}}}", quote(str(value), safe="~"))
            elif parameter["in"] == "query" and value is not None:
                query += [(parameter["name"], one) for one in value] if isinstance(
                    value, list
                ) else [(parameter["name"], value)]  # fmt: skip
        assert not given, f"{name} knows no {', '.join(given)}"
        assert not re.search(r"[{}]", path), path
        form = "multipart/form-data" in said.get("requestBody", {}).get("content", {})
        sent = encode_multipart(BOUNDARY, body) if form else json.dumps(body) if body else ""
        answer = Client().generic(
            method.upper(), f"{path}?{urlencode(query)}", sent,
            content_type=MULTIPART_CONTENT if form else "application/json",
            headers=self.headers | ({"Idempotency-Key": key} if key else {}),
        )  # fmt: skip
        if token := answer.headers.get("Shopper-Token"):
            self.headers["Shopper-Token"] = token
        return self.held(name, said, answer)

    def held(self, name: str, said: Any, answer: Any) -> Any:
        """Return an answer's body once it is what the schema promised."""
        status = str(answer.status_code)
        assert status.startswith("2"), f"{name}: {status} {answer.content.decode()[:400]}"
        content = said["responses"][status].get("content", {})
        kind = answer.headers.get("Content-Type", "").partition(";")[0]
        if not content:
            return None
        if "json" not in kind:
            assert kind in content
            return b"".join(answer)
        value = json.loads(answer.content)
        whole = {**content[kind]["schema"], "components": self.schema["components"]}
        jsonschema.Draft202012Validator(whole).validate(value)
        return value
