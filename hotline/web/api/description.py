"""`/api/v1/openapi.json`: what the API offers, in OpenAPI 3.1."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify

from hotline.domain.report import Category, Priority
from hotline.domain.versions import ANSWERS
from hotline.services.feedback import LONGEST, RETURN_REASONS
from hotline.web.guards import open_to_all

VERSION = "1.0.0"

_TEXT = {"type": "string"}
_STAGES = ["sent", "assessed", "pickedUp", "answered", "closed", "returned"]


def add_to(blueprint: Blueprint) -> None:
    """Add the route."""
    blueprint.add_url_rule("/openapi.json", view_func=show_description)


@open_to_all
def show_description() -> Response:
    """The description, for everybody."""
    response = jsonify(describe())
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


def describe() -> dict[str, Any]:
    """The whole document."""
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Drugsmeldpunt voor partners",
            "version": VERSION,
            "description": "Meldingen lezen, beoordelen, oppakken, teruggeven, terugkoppelen en de melder iets vragen.",
            "contact": {
                "name": "Gemeente Maastricht, Drugsmeldpunt",
                "email": "drugsmeldpunt@example.org",
                "url": "https://www.gemeentemaastricht.nl",
            },
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/api/v1"}],
        "security": [{"bearer": []}],
        "tags": [{"name": "reports", "description": "De meldingen van deze partner"}],
        "paths": _paths(),
        "components": {
            "securitySchemes": {"bearer": {"type": "http", "scheme": "bearer"}},
            "headers": {"API-Version": {"description": "De versie van deze API", "schema": _TEXT}},
            "parameters": {
                "ReportId": _parameter("reportId", "path", {"type": "string", "format": "uuid"}, required=True),
                "IdempotencyKey": _parameter(
                    "Idempotency-Key", "header", {"type": "string", "minLength": 1, "maxLength": 255}, required=True
                ),
            },
            "responses": {"Problem": _problem()},
            "schemas": _schemas(),
        },
    }


def _paths() -> dict[str, Any]:
    limit = _parameter("limit", "query", {"type": "integer", "minimum": 1, "maximum": 100, "default": 25})
    cursor = _parameter("cursor", "query", {"type": "string", "format": "uuid"})
    one = {"$ref": "#/components/parameters/ReportId"}
    return {
        "/reports": {"get": _operation("listReports", "De meldingen, nieuwste eerst", "ReportPage", [limit, cursor])},
        "/reports/{reportId}": {"get": _operation("showReport", "Eén melding", "ReportWithDialogue", [one])},
        "/reports/{reportId}/assessment": {"post": _act("assessReport", "Beoordeeld")},
        "/reports/{reportId}/pickup": {"post": _act("pickUpReport", "Opgepakt")},
        "/reports/{reportId}/feedback": {"post": _act("giveFeedback", "Terugkoppeling voor de melder", "Feedback")},
        "/reports/{reportId}/questions": {"post": _act("askQuestion", "Vraag aan de melder", "Question")},
        "/reports/{reportId}/return": {"post": _act("returnReport", "Teruggeven aan de meldkamer", "Return")},
    }


def _act(name: str, summary: str, body: str | None = None) -> dict[str, Any]:
    both = [{"$ref": f"#/components/parameters/{name}"} for name in ("ReportId", "IdempotencyKey")]
    operation = _operation(name, summary, "Standing", both)
    if body:
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{body}"}}}
        operation["requestBody"] = {"required": True, "content": content}
    return operation


def _operation(name: str, summary: str, answer: str, parameters: list[dict[str, Any]]) -> dict[str, Any]:
    problem = {"$ref": "#/components/responses/Problem"}
    version = {"API-Version": {"$ref": "#/components/headers/API-Version"}}
    content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{answer}"}}}
    good = {"description": "Gelukt", "headers": version, "content": content}
    return {
        "operationId": name,
        "summary": summary,
        "description": summary,
        "tags": ["reports"],
        "parameters": parameters,
        "responses": {"200": good, **dict.fromkeys(("400", "401", "404", "409", "413", "500", "503"), problem)},
    }


def _parameter(name: str, where: str, schema: dict[str, Any], *, required: bool = False) -> dict[str, Any]:
    return {"name": name, "in": where, "required": required, "schema": schema}


def _problem() -> dict[str, Any]:
    error = {"type": "object", "properties": {"field": _TEXT, "detail": _TEXT}}
    schema = {
        "type": "object",
        "required": ["status", "title", "detail"],
        "properties": {
            "type": _TEXT,
            "status": {"type": "integer"},
            "title": _TEXT,
            "detail": _TEXT,
            "errors": {"type": "array", "items": error},
        },
    }
    version = {"API-Version": {"$ref": "#/components/headers/API-Version"}}
    content = {"application/problem+json": {"schema": schema}}
    return {"description": "Het ging niet (RFC 9457)", "headers": version, "content": content}


def _schemas() -> dict[str, Any]:
    day_part = {"type": "string", "enum": ["night", "morning", "afternoon", "evening"]}
    days = {
        "type": "string",
        "enum": ["weekdays", "weekend"],
        "description": "In plaats van day, waar dat te precies is",
    }
    moment = {"type": "string", "format": "date-time"}
    report = {
        "reportId": {"type": "string", "format": "uuid"},
        "category": {"type": "string", "enum": [one.value for one in Category]},
        "priority": {"type": "string", "enum": [one.value for one in Priority]},
        "place": _object({"neighbourhood": _TEXT, "postcode": _TEXT, "exact": _TEXT}),
        "period": _object({"day": {"type": "string", "format": "date"}, "days": days, "partOfDay": day_part}),
        "text": _TEXT,
        "answers": _object(
            {"subtype": _TEXT}
            | {name: {"type": "string", "enum": sorted(allowed)} for name, allowed in ANSWERS.values()}
        ),
        "thirdParties": {"type": "array", "items": _object({"kind": _TEXT, "text": _TEXT})},
        "respondBy": moment,
        "releasedAt": {"type": ["string", "null"], "format": "date-time", "description": "Afgerond op het hele uur"},
        "stage": {"type": "string", "enum": _STAGES},
        "mustAnswer": {"type": "boolean", "description": "false: alleen ter informatie"},
        "clockPaused": {"type": "boolean", "description": "true: een vraag wacht op de melder; respondBy schuift op"},
        "withdrawn": {"type": "boolean", "description": "true: de melder trok de melding in"},
    }
    status = {"type": "string", "enum": ["draft", "approved", "refused"]}
    sentences = {"type": "array", "items": _object({"status": status})}
    reports = {"type": "array", "items": {"$ref": "#/components/schemas/Report"}}
    following = {"type": ["string", "null"], "format": "uuid"}
    sentence = {"type": "string", "minLength": 1, "maxLength": LONGEST, "description": "Zonder namen en adressen"}
    asked = {
        "type": "string",
        "minLength": 1,
        "maxLength": LONGEST,
        "description": "Zonder tijd, plek, naam of kenteken",
    }
    needed = ["reportId", "respondBy", "stage", "mustAnswer", "clockPaused", "withdrawn"]
    return {
        "Report": _object(report, required=needed),
        "ReportWithDialogue": _object(
            {**report, "feedback": sentences, "questions": _questions()}, required=[*needed, "feedback", "questions"]
        ),
        "ReportPage": _object({"reports": reports, "nextCursor": following}, required=["reports", "nextCursor"]),
        "Standing": _object({"reportId": report["reportId"], "stage": report["stage"]}, required=["reportId", "stage"]),
        "Feedback": _object({"text": sentence}, required=["text"]),
        "Question": _object({"text": asked}, required=["text"]),
        "Return": _object({"reason": {"type": "string", "enum": list(RETURN_REASONS)}}, required=["reason"]),
    }


def _questions() -> dict[str, Any]:
    """A report's questions; that the reporter heard or answered one is told by the week and no finer."""
    week = {"type": "string", "pattern": "^[0-9]{4}-W[0-9]{2}$"}
    question = {
        "id": {"type": "string", "format": "uuid"},
        "status": {"type": "string", "enum": ["draft", "refused", "asked", "answered", "withheld"]},
        "text": _TEXT,
        "answer": {"type": "string", "description": "Alleen bij answered"},
        "thirdParties": {"type": "array", "items": _object({"kind": _TEXT, "text": _TEXT})},
        "heardWeek": week,
        "answeredWeek": week,
    }
    return {"type": "array", "items": _object(question, required=["id", "status", "text"])}


def _object(properties: dict[str, Any], *, required: list[str] | None = None) -> dict[str, Any]:
    return {"type": "object", "properties": properties, **({"required": required} if required else {})}
