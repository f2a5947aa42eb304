"""What is known of a dataset in, its README.md out: YAML that the hub reads, and prose that people read."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from corpora.dataset import Files

_SIZES = ((1_000, "n<1K"), (10_000, "1K<n<10K"), (100_000, "10K<n<100K"), (1_000_000, "100K<n<1M"),
          (10_000_000, "1M<n<10M"), (100_000_000, "10M<n<100M"), (1_000_000_000, "100M<n<1B"))  # fmt: skip


@dataclass(frozen=True, slots=True)
class Card:
    """What a dataset card says.

    Attributes:
        files: config → split → file names.
        splits: pairs of each split.
        rejected: how many pairs were left out, by reason.
        articles: how many articles there were, by what became of them.
        names: how many findings about names, and how many of them were repaired.
    """

    name: str
    license: str
    langs: Sequence[str]
    files: Files
    splits: Mapping[str, int]
    rejected: Mapping[str, int]
    articles: Mapping[str, int]
    names: tuple[int, int]
    version: str


def render(card: Card) -> str:
    """The card: YAML between two lines of hyphens, then Markdown."""
    return f"---\n{_yaml(card)}---\n\n{_prose(card)}"


def _yaml(card: Card) -> str:
    total = sum(card.splits.values())
    size = next((name for limit, name in _SIZES if total < limit), "n>1T")
    lines = [f"pretty_name: {_quoted(card.name)}", f"license: {_quoted(card.license)}", "language:"]
    lines += [f"- {_quoted(lang)}" for lang in card.langs]
    lines += ["multilinguality:", "- translation", "task_categories:", "- translation"]
    lines += ["size_categories:", f"- {_quoted(size)}", "tags:", "- parallel-corpus", "- muwazi", "configs:"]
    for config, splits in card.files.items():
        lines.append(f"- config_name: {_quoted(config)}")
        lines += ["  default: true"] if config == "default" else []
        lines.append("  data_files:")
        for split, files in splits.items():
            lines += [f"  - split: {_quoted(split)}", "    path:", *(f"    - {_quoted(file)}" for file in files)]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    """The text in double quotes; YAML takes no unprintable character as it is."""
    inside = json.dumps(text, ensure_ascii=False)
    return "".join(char if char.isprintable() else f"\\U{ord(char):08X}" for char in inside)


def _prose(card: Card) -> str:
    findings, repaired = card.names
    return f"""# {" ".join(card.name.split())}

Sentence pairs ({", ".join(card.langs)}) that `muwazi build` aligned, scored, filtered and checked for corrupted names;
{sum(card.splits.values())} pairs from {card.articles.get("used", 0)} articles.

    from datasets import load_dataset
    pairs = load_dataset("PATH/TO/THIS/FOLDER")             # a pair a row
    names = load_dataset("PATH/TO/THIS/FOLDER", "names")    # {findings} findings about names, {repaired} repaired
    articles = load_dataset("PATH/TO/THIS/FOLDER", "articles")

{_table("Split", "Pairs", card.splits)}
`translation` holds the target with its names repaired; `target` is the text as it was found, `target_repaired` the
repaired one. Both are plain text (markup marks and invisible characters gone); `source_start` … `target_end` are code
points of the articles, so that the original can be looked up. `score` is the probability that the two sides belong
together, `similarity` the cosine of their vectors.

Articles that share a source, or whose texts are nearly the same, are in the same split.

## What was left out

Every pair that is not in the dataset is in `rejected.parquet` with its reason.

{_table("Reason", "Pairs", card.rejected)}
{_table("Articles", "Number", card.articles)}
`statistics.html` shows all of this in charts. Settings, versions and the hashes of all inputs are in `manifest.json`;
`audit.csv` is a random sample for a person to grade. Made with muwazi {card.version}.
"""


def _table(left: str, right: str, counts: Mapping[str, int]) -> str:
    if not counts:
        return ""
    rows = "".join(f"| {name} | {count} |\n" for name, count in counts.items())
    return f"| {left} | {right} |\n| --- | ---: |\n{rows}"
