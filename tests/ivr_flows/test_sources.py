"""A flow as texts: what is kept of it is enough to speak it again, and only a flow's own files are taken."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ivr_flows.load import load_flow, load_prompts, load_script, read_sources
from ivr_flows.reading import FlowError
from tests.flow_edits import mark, write_folder


def test_the_texts_of_this_release_make_its_flow() -> None:
    script = load_script(json.loads(json.dumps(dict(read_sources()))))
    assert script.flow == load_flow() and script.version == load_flow().version
    assert script.prompts.catalogs["nl"].prompts == load_prompts().catalogs["nl"].prompts


def test_a_folder_is_read_as_it_was_written(tmp_path: Path) -> None:
    sources = mark("welcome")
    assert read_sources(write_folder(tmp_path, sources)) == sources
    assert load_script(sources).version != load_script(read_sources()).version


def test_a_mistake_is_named_where_the_file_lies(tmp_path: Path) -> None:
    sources = dict(read_sources())
    sources["prompts/nl.yaml"] += "  strange: {voice: 'Nooit gezegd.'}\n"
    with pytest.raises(FlowError) as caught:
        load_script(sources, tmp_path)
    assert str(caught.value).startswith(f"{tmp_path}/prompts/nl.yaml:") and "flow-" not in str(caught.value)


@pytest.mark.parametrize(
    "path", ["../x.yaml", "/etc/x.yaml", "prompts/../../x.yaml", "prompts/x.txt", "definitions/.yaml"]
)
def test_what_is_no_file_of_a_flow_is_refused(path: str) -> None:
    with pytest.raises(FlowError, match="is no file of a script"):
        load_script({**read_sources(), path: "x: 1"})


def test_a_folder_without_a_flow_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FlowError, match="a script has definitions/"):
        read_sources(tmp_path)
    (tmp_path / "prompts").mkdir()
    (tmp_path / "prompts" / "nl.yaml").write_bytes(b"\xff")
    with pytest.raises(FlowError, match="not UTF-8"):
        read_sources(tmp_path)
