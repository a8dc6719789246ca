"""The flow of this release with sentences of a test's own, as somebody who edits its files would change it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from ivr_flows.load import Sources, read_sources


def mark(*prompts: str, word: str = "Zwaluw") -> dict[str, str]:
    """The flow's texts with `word` as the first word of these Dutch sentences, so that it can be heard which version speaks."""
    sources = dict(read_sources())
    catalog = yaml.safe_load(sources["prompts/nl.yaml"])
    for name in prompts:
        forms = catalog["prompts"][name]
        for form in ("voice", "text"):
            if forms.get(form):
                forms[form] = " ".join([word, *forms[form].split()[1:]])
    sources["prompts/nl.yaml"] = yaml.safe_dump(catalog, allow_unicode=True)
    return sources


def say_first(conditions: Mapping[str, str]) -> dict[str, str]:
    """The flow's texts with a sentence in front for each condition, such as `given.open=yes`, that holds at the start."""
    sources = dict(read_sources())
    path = next(name for name, text in sources.items() if name.startswith("definitions/") and "\nstart:" in text)
    flow: dict[str, Any] = yaml.safe_load(sources[path])
    target = flow["start"]
    for number, (condition, sentence) in enumerate(conditions.items()):
        name, value = condition.split("=")
        ask, say = f"first_{number}", f"say_first_{number}"
        flow["nodes"][ask] = {"branch": [{"when": {name: value}, "goto": say}], "otherwise": target}
        flow["nodes"][say] = {"tell": say, "goto": target}
        for catalog in [one for one in sources if one.startswith("prompts/")]:
            prompts = yaml.safe_load(sources[catalog])
            prompts["prompts"][say] = {"voice": sentence}
            sources[catalog] = yaml.safe_dump(prompts, allow_unicode=True)
        target = ask
    flow["start"] = target
    sources[path] = yaml.safe_dump(flow, allow_unicode=True)
    return sources


def write_folder(folder: Path, sources: Sources) -> Path:
    """A flow's folder with these texts."""
    for name, text in sources.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    return folder
