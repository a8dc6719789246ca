"""Measures the scrubber on marked sentences: `python -m tests.anonymity.evaluate FILE… [--show] [--write]`.

It prints a Markdown table per set and language. A reporter's words count as removed when no letter or digit of them is
left at their place, small words such as "mijn", "de" and "nummer" aside. Nothing is known beforehand: no number, no name.
`--show` lists the words that were missed, which nobody may do with a set that is to stay blind; `--write` puts the
tables between their markers in docs/anonymity.md.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from build.marked import Mark, Sentence, read_set
from config.neighbourhoods import load_gazetteer
from hotline.anonymity.scrub import Scrubbed, scrub
from hotline.anonymity.spans import PLACEHOLDERS, standing
from hotline.understanding.folding import fold, word_set

PAGE = Path(__file__).parents[2] / "docs" / "anonymity.md"
BEGIN, END = "<!-- measured: begin -->", "<!-- measured: end -->"
SETS = Path(__file__).parent / "sets"
PLACES = load_gazetteer()
# Small words that tell nothing of anybody: an author may have marked them along with what does.
_SMALL = word_set(
    "mijn m'n mien mie onze ons my our mein meine meiner meinem meinen unser unsere mon ma mes notre de het 't een 'n der"
    " die das den dem the a an le la les l' l un une du des van von of d d' in op aan at on am im bij by bei chez te to en"
    " and und et is nummer nr number numero nummero hausnummer huisnummer nommer nummero s t n m ik i ich je als as comme au aux uit from aus ut oet"
)
_WORD = re.compile(r"[^\W_]+")
_GOALS = ("removed", "marked", "facts", "sealed", "apart")


def _scrub(sentence: Sentence) -> Scrubbed:
    return scrub(sentence.text, lang=sentence.lang, gazetteer=PLACES)


def taken_out(text: str, found: Scrubbed) -> Iterator[tuple[int, int, str]]:
    """Which characters of `text` were taken out, each stretch as `removed`, `sealed` or `asked`.

    What was sealed or asked about is known word for word, and how many of a kind were removed; so each placeholder gets
    the first fate, and the fewest characters, that let all that follows fit too.
    """
    places = list(standing(found.text))
    edges = [0, *(edge for place in places for edge in place), len(found.text)]
    kept = [found.text[start:end] for start, end in zip(edges[::2], edges[1::2], strict=True)]
    kind_of = {instead: kind for kind, instead in PLACEHOLDERS.items()}
    asked = {one.placeholder: one.text for one in found.uncertain}

    def known(placeholder: str) -> Iterator[tuple[str, str]]:
        """The words, with their fate, that are known to have stood there."""
        if placeholder in asked:
            yield "asked", asked[placeholder]
            return
        for one in sorted(found.sealed, key=lambda one: -len(one.text)):
            if one.kind == kind_of[placeholder]:
                yield "sealed", one.text

    @cache
    def fit(number: int, at: int, left: frozenset[tuple[str, int]]) -> tuple[tuple[int, int, str], ...] | None:
        """The stretches from the piece of that number on, which stands at `at`; so many of a kind are `left` to be removed."""
        start = at + len(kept[number])
        if not text.startswith(kept[number], at):
            return None
        if number == len(places):
            return () if start == len(text) and not left else None
        placeholder = found.text[slice(*places[number])]
        ends = [(how, start + len(words), left) for how, words in known(placeholder) if text.startswith(words, start)]
        kind, counts = kind_of.get(placeholder, ""), dict(left)
        if kind in counts:
            counts[kind] -= 1
            fewer = frozenset((one, many) for one, many in counts.items() if many)
            ends += [("removed", end, fewer) for end in range(start + 1, len(text) + 1)]
        for how, end, after in ends:
            rest = fit(number + 1, end, after)
            if rest is not None:
                return ((start, end, how), *rest)
        return None

    stretches = fit(0, 0, frozenset(found.removed.items()))
    if stretches is None:
        raise ValueError("what is left is not the text with pieces taken out")
    yield from stretches


def judge(sentence: Sentence) -> Iterator[tuple[Mark, frozenset[str]]]:
    """Each mark with what happened to its characters that matter: `left`, `removed`, `sealed`, `asked`."""
    fate = ["left"] * len(sentence.text)
    for start, end, how in taken_out(sentence.text, _scrub(sentence)):
        fate[start:end] = [how] * (end - start)
    for mark in sentence.marks:
        yield mark, frozenset(fate[at] for at in _places_that_matter(sentence.text, mark))


def _places_that_matter(text: str, mark: Mark) -> list[int]:
    words = list(_WORD.finditer(fold(text), mark.start, mark.end))
    if mark.side != "f":
        words = [one for one in words if one.group() not in _SMALL] or words
    return [at for one in words for at in range(*one.span())] or list(range(mark.start, mark.end))


def count(sentences: Iterable[Sentence]) -> Counter[tuple[str, str, str]]:
    """How often each thing happened, by language, kind (`r:name`) and thing; `all` counts the marks."""
    counts: Counter[tuple[str, str, str]] = Counter()
    for sentence in sentences:
        for mark, fates in judge(sentence):
            for what in ("all", *results(mark.side, fates)):
                for lang in (sentence.lang, "all"):
                    counts[lang, f"{mark.side}:{mark.kind}", what] += 1
                    counts[lang, mark.side, what] += 1
    return counts


def results(side: str, fates: frozenset[str]) -> Iterator[str]:
    """What counts for one mark."""
    if "left" not in fates:
        yield "marked"
    elif len(fates) > 1:
        yield "partly"
    if fates == {"removed"}:
        yield "removed"
    if side == "r" and "sealed" in fates:
        yield "sealed instead"
    if side == "t" and "removed" in fates:
        yield "removed instead"
    if fates == {"sealed"}:
        yield "sealed"
    if fates == {"left"}:
        yield "left"


def share(counts: Counter[tuple[str, str, str]], lang: str, of: str, what: str) -> float:
    """Per cent; 100 where there is nothing to count."""
    return 100 * counts[lang, of, what] / (counts[lang, of, "all"] or 1) if counts[lang, of, "all"] else 100.0


def measure(counts: Counter[tuple[str, str, str]], lang: str = "all") -> dict[str, float]:
    """The five figures that have a goal, in per cent."""
    wanted = (("r", "removed"), ("r", "marked"), ("f", "left"), ("t", "sealed"), ("t", "marked"))
    return {name: share(counts, lang, *of) for name, of in zip(_GOALS, wanted, strict=True)}


def draw_tables(paths: Iterable[Path]) -> str:
    """The Markdown of all sets: figures by language, then by kind."""
    rows = [
        "| set | language | reporter's, layer 2 | reporter's, layers 2 and 3 | facts untouched"
        " | third parties' sealed | third parties' not in the text |",
        "|---|---|---|---|---|---|---|",
        "| *goal* | | ≥ 90 % | ≥ 99 % | ≥ 98 % | ≥ 95 % | 100 % |",
    ]
    kinds = [
        "| set | kind | marks | removed | sealed | put to a person or taken out | in part | left |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for path in paths:
        counts = count(read_set(path))
        for lang in ("nl", "en", "de", "fr", "all"):
            if counts[lang, "r", "all"] + counts[lang, "f", "all"]:
                figures = " | ".join(f"{one:.1f} %" for one in measure(counts, lang).values())
                rows.append(f"| {path.stem} | {lang} | {figures} |")
        for kind in sorted({kind for lang, kind, _ in counts if lang == "all" and ":" in kind}):
            numbers = [counts["all", kind, what] for what in ("all", "removed", "sealed", "marked", "partly", "left")]
            kinds.append(f"| {path.stem} | {kind} | " + " | ".join(map(str, numbers)) + " |")
    return "\n".join([*rows, "", *kinds])


def draw_misses(paths: Iterable[Path]) -> Iterator[str]:
    """What went wrong, with the words, for sets that may be read."""
    for path in paths:
        for sentence in read_set(path):
            for mark, fates in judge(sentence):
                good = {"r": {"removed"}, "t": {"sealed"}, "f": {"left"}}[mark.side]
                if fates != good:
                    words = sentence.text[mark.start : mark.end]
                    fate = "+".join(sorted(fates))
                    yield f"{sentence.id} {mark.side}:{mark.kind} {fate}: {words!r} -- {_scrub(sentence).text}"


def main(arguments: list[str]) -> None:
    """Print, and with `--write` also keep, what was measured."""
    paths = [Path(one) for one in arguments if not one.startswith("--")] or sorted(SETS.glob("*.jsonl"))
    tables = draw_tables(paths)
    print(tables)
    if "--show" in arguments:
        print(*draw_misses(paths), sep="\n")
    if "--write" in arguments:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        PAGE.write_text(f"{before}{BEGIN}\n{tables}\n{END}{after}", encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
