"""What every HTML page of ours is made with: templates that escape, and the hashes that its own policy names.

Text from articles reaches a page only through autoescaping or `eval.report.inline`, so it can never become markup; the
page's policy forbids every script, style and request but the blocks whose hashes it names.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from functools import cache
from typing import Any

from eval.report.inline import prose
from eval.report.visible import shown


def page(template: str, *, styles: Sequence[str], scripts: Sequence[str] = (), **content: object) -> str:
    """A template filled in, as text (UTF-8 when it is written).

    Args:
        styles, scripts: files beside the template; each kind becomes one block of the page, in this order.
    """
    from markupsafe import Markup

    environment = _environment()
    style, script = ("".join(_asset(name) for name in names) for names in (styles, scripts))
    made: str = environment.get_template(template).render(
        style=Markup(style),
        script=Markup(script),
        style_hash=_hash(style),
        script_hash=_hash(script),
        **content,
    )
    return made


@cache
def _environment() -> Any:
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import escape

    environment = Environment(
        loader=PackageLoader("eval.report"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_visible,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["exact"] = escape
    environment.filters["prose"] = prose
    return environment


def _visible(value: object) -> object:
    """What every expression of a template passes through: text shows what it hides, unless it is markup already."""
    from markupsafe import Markup

    return shown(value) if isinstance(value, str) and not isinstance(value, Markup) else value


@cache
def _asset(name: str) -> str:
    source: str = _environment().loader.get_source(_environment(), name)[0]
    return source


def _hash(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()
