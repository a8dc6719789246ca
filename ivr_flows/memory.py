"""What a conversation knows during one turn: answers, what was given and found, and the language."""

from __future__ import annotations

from collections.abc import Iterable

from ivr_flows.model import Answered, Language, Output, State
from ivr_flows.nodes import Case, Flow, Way

LANGUAGE = "_language"
"""The answer that changes the language of the conversation."""

LONGEST_ANSWER = 1600
"""Characters of one answer; what goes beyond is cut."""


class Memory:
    """Made from a state; every answer that is kept is told in `outputs`, unless it is the conversation's own."""

    def __init__(self, flow: Flow, state: State) -> None:
        self.flow, self.state = flow, state
        self.language: Language = state.language
        self.answers = dict(state.answers)
        self.outputs: list[Output] = []

    def keep(self, name: str, value: str) -> None:
        """Takes an answer, and tells it unless it is the conversation's own."""
        kept = value.strip()[:LONGEST_ANSWER]
        if name == LANGUAGE:
            self.speak(kept)
            return
        self.answers[name] = kept
        if not name.startswith("_"):
            self.outputs.append(Answered(name, kept))

    def switch(self, language: str) -> bool:
        """Goes on in the language of somebody's words. On a page the language was chosen, so words do not change it."""
        return self.state.channel != "web" and self.speak(language)

    def speak(self, language: str) -> bool:
        """Goes on in another language that the flow offers; whether that was a change."""
        found = next(
            (one for one in self.flow.languages if one == language != self.language and self.offers(one)), None
        )
        self.language = found or self.language
        return found is not None

    def offers(self, language: Language) -> bool:
        """Whether the line speaks a language; a line that names none (`given` `language.nl`) speaks all of the flow's."""
        given = self.state.given
        return given.get(f"language.{language}") == "yes" or "language.nl" not in given

    def value(self, name: str) -> str:
        """What a name stands for: channel, language, an answer, something found, or something given at the start.

        A given `name.en` counts for `name` while English is spoken.
        """
        if name == "channel":
            return self.state.channel
        if name == "language":
            return self.language
        given = self.state.given
        if name.startswith("given."):
            return given.get(name[6:], "") or given.get(f"{name[6:]}.{self.language}", "")
        for table, key in (
            (self.answers, name),
            (self.answers, f"_{name}"),
            (given, name),
            (given, f"{name}.{self.language}"),
        ):
            if key in table:
                return table[key]
        return ""

    def count(self, what: str) -> int:
        """How often this has come by in this conversation, this time included."""
        name = f"_times.{what}"
        times = int(self.answers.get(name, "0")) + 1
        self.answers[name] = str(times)
        return times

    def first_case(self, cases: Iterable[Case]) -> Way | None:
        """The way of the first case that holds."""
        for case in cases:
            if all(self._holds(name, values) for name, values in case.when.items()):
                return case.goto
        return None

    def _holds(self, name: str, values: tuple[str, ...]) -> bool:
        value = self.value(name)
        return value in values or ("any" in values and bool(value)) or ("none" in values and not value)
