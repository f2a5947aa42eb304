"""How inner loops are compiled, and what they share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final, TypeVar

import numba
from numpy.typing import NDArray

F = TypeVar("F", bound=Callable[..., Any])
Array = NDArray[Any]

NEVER: Final = -1e30
"""The score of what cannot be."""


def compiled(function: F) -> F:
    """Compile, and keep the result on disk where there is a place for it."""
    try:
        result: F = numba.njit(cache=True, nogil=True)(function)
    except RuntimeError:  # nowhere to write: compiled anew in each process
        result = numba.njit(nogil=True)(function)
    return result
