"""The counts of a model check as a table in Markdown, for the documents."""

from __future__ import annotations

from collections.abc import Sequence

from ivr_flows.channels import Language
from ivr_flows.proof.model_check import Checked


def show_table(checked: Sequence[tuple[Checked, float]], languages: Sequence[Language]) -> str:
    """One row per channel with the seconds that its check took, and what the numbers stand for."""
    lines = [
        "| channel | states | turns | distinct outputs | deepest state | most turns of errors | failures | seconds |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one, seconds in checked:
        counts = (one.states, one.transitions, one.outputs, one.deepest, one.patience, len(one.failures))
        lines.append(f"| {one.channel} | {' | '.join(map(str, counts))} | {seconds:.0f} |")
    lines += ["", f"Every distinct output was rendered in {', '.join(languages)}."]
    for one, _ in checked:
        for language, spoken in one.quickest.items():
            lines.append(f"The quickest whole report by telephone takes {spoken:.0f} seconds in {language}.")
    return "\n".join(lines) + "\n"
