"""Why the exchange refuses an answer, with Twilio's own error numbers.

    Refusal
    ├── RetrievalFailed   11200  no answer, or a status other than 2xx
    ├── BodyTooLarge      11750  more than 64 kB
    ├── WrongContentType  12300  something else than XML
    ├── NotWellFormed     12100  no XML that can be read
    └── SchemaViolated    12200  a verb, nesting, attribute or value that TwiML does not know

A refusal names the place and the rule, never what was said or sent.
"""

from __future__ import annotations


class Refusal(Exception):
    """Twilio would end the call here and keep the request in an alert that nobody can delete."""

    code = 0

    def __str__(self) -> str:
        return f"{self.code} {type(self).__name__}: {super().__str__()}"


class RetrievalFailed(Refusal):
    """No answer came, or one that says that it failed."""

    code = 11200


class BodyTooLarge(Refusal):
    """The answer is larger than 64 kB."""

    code = 11750


class WrongContentType(Refusal):
    """The answer does not say that it is XML."""

    code = 12300


class NotWellFormed(Refusal):
    """The answer cannot be read as XML."""

    code = 12100


class SchemaViolated(Refusal):
    """The answer is XML, but not TwiML."""

    code = 12200
