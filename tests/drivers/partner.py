"""A partner's own system, speaking to the API with its key."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Self
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient

from hotline.services.api_keys import make_api_key


class PartnerSystem:
    """One machine at a partner."""

    def __init__(self, client: FlaskClient, key: str) -> None:
        self._client, self._key = client, key

    @classmethod
    def with_new_key(cls, desk: Flask, partner: str, now: datetime) -> Self:
        """A machine that was just given a key."""
        key = make_api_key(desk.extensions["hotline.desk"].engine, partner, now)
        return cls(desk.test_client(use_cookies=False), key)

    def reports(self) -> list[dict[str, Any]]:
        """What the partner holds."""
        answer = self._client.get("/api/v1/reports", headers=self._headers())
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return list(answer.get_json()["reports"])

    def assesses(self, report: str) -> Self:
        """Says that the report was read and judged."""
        return self._posts(report, "assessment", {})

    def picks_up(self, report: str) -> Self:
        """Says that work on it began."""
        return self._posts(report, "pickup", {})

    def gives_feedback(self, report: str, text: str) -> Self:
        """Writes the sentence that the reporter will hear."""
        return self._posts(report, "feedback", {"text": text})

    def asks(self, report: str, question: str) -> Self:
        """Asks the reporter something."""
        return self._posts(report, "questions", {"text": question})

    def questions(self, report: str) -> list[dict[str, Any]]:
        """What this partner asked about the report."""
        answer = self._client.get(f"/api/v1/reports/{report}", headers=self._headers())
        assert answer.status_code == 200, answer.get_data(as_text=True)
        return list(answer.get_json()["questions"])

    def _posts(self, report: str, act: str, body: dict[str, str]) -> Self:
        headers = {**self._headers(), "Idempotency-Key": str(uuid4())}
        answer = self._client.post(f"/api/v1/reports/{report}/{act}", json=body, headers=headers)
        assert 200 <= answer.status_code < 300, answer.get_data(as_text=True)
        return self

    def _headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._key}"}
