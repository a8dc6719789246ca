"""The partners file: what is read, and where a mistake is pointed at."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.partners import PartnersError, load_partners
from config.settings import ROOT

SECRET = "whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="
GOOD = f"""
partners:
  - key: politie
    name: Politie
    adapter: webhook
    url: https://politie.example.org/in
    secret: {SECRET}
    receives: [dealing, threat]
    sees: [third_parties]
    duty: {{hours: 'mo-fr 08:00-18:00', night: {{adapter: email, url: 'mailto:nacht@example.org'}}, phone: '+31433505111'}}
  - key: gemeente
    name: Gemeente
    adapter: portal
    receives: '*'
    role: information
"""


def write(folder: Path, text: str) -> Path:
    path = folder / "partners.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def problems(path: Path, environ: dict[str, str] | None = None) -> str:
    with pytest.raises(PartnersError) as caught:
        load_partners(path, environ or {"HOTLINE_MODE": "production"})
    return str(caught.value)


def test_a_good_file_is_read_in_its_order(tmp_path: Path) -> None:
    police, city = load_partners(write(tmp_path, GOOD), {"HOTLINE_MODE": "production"})
    assert police.wants("dealing")
    assert not police.wants("waste")
    assert police.sees == {"third_parties"}
    assert police.is_primary
    assert police.secrets == (SECRET,)
    assert police.duty.night_adapter == "email"
    assert city.wants("waste")
    assert not city.is_primary
    assert SECRET not in repr(police)


def test_the_demo_file_fits_the_demo(tmp_path: Path) -> None:
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "partner-politie").write_text(SECRET)
    environ = {"HOTLINE_HOME": str(tmp_path), "PORT": "9000"}
    police, city = load_partners(ROOT / "config" / "partners.yaml", environ)
    assert police.url == "http://127.0.0.1:9002/webhook"
    assert police.secret == SECRET
    assert city.adapter == "portal"


def test_every_mistake_is_named_with_its_line(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        """partners:
  - key: Politie
    name: ''
    adapter: fax
    receives: [dealing, drugs]
    colour: red
  - key: gemeente
    adapter: webhook
    url: http://10.0.0.1/in
    secret: kort
    receives: ['*', waste]
    sees: everything
    role: boss
  - nothing
""",
    )
    said = problems(path).splitlines()
    for line in (
        "2: `key`: must be",
        "3: `name`: must be a text",
        "4: `adapter`: is 'fax'",
        "5: `receives`: 'drugs'",
        "6: `colour`: is not known",
        "7: `name`: is missing",
        "9: `url`: is plain http",
        "10: `secret`: must be whsec_",
        "11: `receives`: write '*' alone",
        "12: `sees`: 'everything'",
        "13: `role`: is 'boss'",
        "14: a mapping",
    ):
        assert any(one.startswith(f"{path}:{line}") for one in said), line
    assert "kort" not in "".join(said)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", ":1:"),
        ("partners: []", "lists nobody"),
        ("partners: {a: 1}", "must be a list"),
        ("- a", "a mapping"),
        ("partners: [", "not valid YAML"),
        (GOOD.replace("gemeente", "politie"), "is there twice"),
        (GOOD.replace("name: Gemeente", "name: a\n    name: b"), "`name` is there twice"),
        (GOOD.replace(f"secret: {SECRET}", "secret_env: NOT_SET_HERE"), "NOT_SET_HERE is not set"),
        (GOOD.replace(f"secret: {SECRET}", "secret_file: nowhere"), "no such secret"),
        (GOOD.replace("https://politie", "https://name:pw@politie"), "must not carry"),
        (GOOD.replace("https://politie.example.org/in", "https://[x"), "is not an address"),
    ],
)
def test_a_broken_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in problems(write(tmp_path, text))


def test_no_file_and_no_utf8_are_refused(tmp_path: Path) -> None:
    assert "cannot be read" in problems(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes(b"partners: \xff\xfe")
    assert "UTF-8" in problems(tmp_path / "latin.yaml")


def test_several_secrets_during_rotation(tmp_path: Path) -> None:
    text = GOOD.replace(f"secret: {SECRET}", "secret_env: POLICE_SECRETS")
    two = load_partners(write(tmp_path, text), {"HOTLINE_MODE": "production", "POLICE_SECRETS": f"{SECRET}, {SECRET}"})
    assert two[0].secrets == (SECRET, SECRET)
