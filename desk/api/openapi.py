"""The OpenAPI document (3.1), made from the table of operations and the shapes they answer with."""

from functools import lru_cache
from typing import Any

from desk.api.operations import OPERATIONS, Operation, Parameter
from desk.api.problems import CONTENT_TYPE, KINDS, Problem
from indicators.exports.shapes import Schemas

ROOT = "/api/v1/"
VERSION = "1.0.0"
PAGE_SIZE, MOST_PAGE_SIZE = 100, 1000
ABOUT = (
    "Läs program, indikatorer, den samlade uppföljningen, rapporternas lägen och remisser. "
    "Allt är som för alla inloggade: bara godkända rapporter, och små tal är skyddade. "
    "Nyckel ger systemförvaltaren. Högst 120 anrop i minuten. Svaren har ETag: skicka den i "
    "If-None-Match och få 304 när inget har ändrats."
)


@lru_cache(maxsize=1)
def document() -> dict[str, Any]:
    """The whole document; the same for everybody."""
    schemas = Schemas(at="#/components/schemas/")
    schemas.of(Problem)
    paths = {ROOT + one.address: {"get": _operation(one, schemas)} for one in OPERATIONS}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Samlad", "version": VERSION, "description": ABOUT},
        "servers": [{"url": "/"}],
        "security": [{"nyckel": []}],
        "paths": paths,
        "components": {
            "schemas": schemas.named,
            "responses": {str(status): _problem(status) for status in KINDS},
            "securitySchemes": {
                "nyckel": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Authorization: Bearer samlad_…",
                }
            },
        },
    }


def _operation(one: Operation, schemas: Schemas) -> dict[str, Any]:
    schema = _page(one, schemas) if one.many else schemas.of(one.shape)
    etag = {"schema": {"type": "string"}, "description": "Svarets fingeravtryck."}
    refused = [400, 401, 403, 429] + ([] if one.many else [404])
    parameters = [
        {
            "name": name,
            "in": "path",
            "required": True,
            "schema": {"type": "string"},
            "description": one.in_path,
        }
        for name in one.names_in_path
    ]
    parameters += [_parameter(each) for each in one.parameters]
    if one.many:
        parameters += [
            _number("page", "Sidan, från 1.", 1, None),
            _number("page_size", "Rader på en sida.", PAGE_SIZE, MOST_PAGE_SIZE),
        ]
    return {
        "operationId": one.name,
        "summary": one.summary,
        "description": f"Nyckeln måste få läsa: {one.scope.label}.",
        "tags": [str(one.scope.value)],
        "parameters": parameters,
        "responses": {
            "200": {
                "description": "Svaret.",
                "headers": {"ETag": etag},
                "content": {"application/json": {"schema": schema}},
            },
            "304": {"description": "Inget har ändrats sedan den ETag som skickades."},
            **{str(s): {"$ref": f"#/components/responses/{s}"} for s in sorted(refused)},
        },
    }


def _page(one: Operation, schemas: Schemas) -> dict[str, Any]:
    """The schema of a page of a list."""
    return {
        "type": "object",
        "properties": {
            "total": {"type": "integer", "description": "Rader på alla sidor."},
            "page": {"type": "integer", "description": "Den här sidan, från 1."},
            "page_size": {"type": "integer", "description": "Rader på en sida."},
            "next": {
                "type": ["string", "null"],
                "format": "uri",
                "description": "Nästa sidas adress; null på den sista.",
            },
            "items": {"type": "array", "items": schemas.of(one.shape), "description": "Raderna."},
        },
        "required": ["total", "page", "page_size", "next", "items"],
        "additionalProperties": False,
    }


def _parameter(one: Parameter) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "string"}
    if one.one_of:
        schema["enum"] = list(one.one_of)
    told = {
        "name": one.name,
        "in": "query",
        "required": one.required,
        "schema": schema,
        "description": one.said,
    }
    return told | ({"example": one.example} if one.example else {})


def _number(name: str, words: str, default: int, most: int | None) -> dict[str, Any]:
    schema: dict[str, Any] = {"type": "integer", "minimum": 1, "default": default}
    if most is not None:
        schema["maximum"] = most
    return {
        "name": name,
        "in": "query",
        "required": False,
        "schema": schema,
        "description": words,
    }


def _problem(status: int) -> dict[str, Any]:
    _, title = KINDS[status]
    content = {CONTENT_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": f"{title}.", "content": content}
