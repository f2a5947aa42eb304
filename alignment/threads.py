"""Matrix products on one thread: an article's are too small to share, and waiting threads only burn the other cores.

Measured on two busy cores with 22 × 21 sentences: 0.28 s of one core against 1.6 s of both. Many articles go to many
processes instead (`--jobs`).
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from functools import cache
from typing import Any


def one_thread() -> AbstractContextManager[Any]:
    """BLAS on one thread while the context lasts."""
    limit: AbstractContextManager[Any] = _controller().limit(limits=1, user_api="blas")
    return limit


@cache
def _controller() -> Any:
    import numpy as np  # loads the BLAS that the controller looks for
    from threadpoolctl import ThreadpoolController

    np.ones((1, 1)) @ np.ones((1, 1))
    return ThreadpoolController()
