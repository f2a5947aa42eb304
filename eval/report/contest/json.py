"""A contest of systems in, JSON out; `eval/report/compare.schema.json` describes it.

Scores have all their digits, so that they are sacrebleu's to the last one, everything else four. Lines count from 1.
"""

from __future__ import annotations

from dataclasses import asdict

from eval.contest import Contest, Rival
from eval.line_problems import Problem
from eval.report.contest.base import Outputs, conclusions
from eval.report.json import Document, dump
from eval.report.scores import Files, better, names_object
from eval.significance import Comparison

SCHEMA = "muwazi.compare/1"


def render(contest: Contest, outputs: Outputs, files: Files, version: str) -> str:
    """The contest as one JSON document."""
    names = zip(contest.systems, contest.names, strict=True) if contest.names else ()
    return dump(
        {
            "schema": SCHEMA,
            "systems": [
                {"name": name, "path": path} for name, path in zip(contest.systems, files.hypotheses, strict=True)
            ],
            "references": files.references,
            "source": files.sources,
            "lang": contest.lang,
            "segments": contest.segments,
            "scores": [_comparison(one) for one in contest.comparisons],
            "names": [{"system": system, **names_object(one)} for system, one in names],
            "problems": [
                {"system": system, "count": len(found), "found": [_problem(one) for one in found]}
                for system, found in (zip(contest.systems, contest.problems, strict=True) if contest.problems else ())
            ],
            "conclusions": conclusions(contest),
            "against_first": [_rival(rival, contest, outputs) for rival in contest.rivals],
            "warnings": list(contest.warnings),
            "version": version,
        }
    )


def _comparison(one: Comparison) -> Document:
    return {
        "metric": one.metric,
        "name": one.name,
        "better": better(one.metric),
        "test": one.test,
        "signature": one.signature,
        "systems": [
            {
                "system": result.system,
                "value": result.value,
                "p_value": _rounded(result.p_value),
                "mean": _rounded(result.mean),
                "margin": _rounded(result.margin),
            }
            for result in one.systems
        ],
    }


def _rival(rival: Rival, contest: Contest, outputs: Outputs) -> Document:
    tally = rival.tally
    return {
        "system": rival.system,
        "by": contest.lead,
        "wins": tally.wins if tally else None,
        "losses": tally.losses if tally else None,
        "ties": tally.ties if tally else None,
        "changed": rival.changed,
        "gains": list(rival.gains),
        "drivers": [
            {
                "line": driver.line + 1,
                "effect": driver.effect,
                "first_score": driver.first,
                "score": driver.other,
                "first": outputs.systems[contest.systems[0]][driver.line],
                "system": outputs.systems[rival.system][driver.line],
                "reference": outputs.references[driver.line] if outputs.references is not None else None,
            }
            for driver in rival.drivers
        ],
        "names": [
            {"line": change.line + 1, "entity": change.entity, "right": change.right} for change in rival.name_changes
        ],
        "names_p_value": rival.name_p,
        "repaired": [_problem(one) for one in rival.repaired],
        "broken": [_problem(one) for one in rival.broken],
        "problems_p_value": rival.problem_p,
    }


def _problem(one: Problem) -> Document:
    return asdict(one) | {"line": one.line + 1}


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)
