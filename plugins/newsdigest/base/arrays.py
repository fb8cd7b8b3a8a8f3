"""NumPy, loaded when the first array is made: a build without a change makes none, and to load it is a
fifteenth of what that costs.

The kinds of arrays are named here, for what names them otherwise would load it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__all__ = ["Flags", "Hashes", "Ints", "Places", "Reals", "Records", "ShortInts", "np"]


class _Late:
    """The module's names, each looked up once."""

    def __getattr__(self, name: str) -> Any:
        import numpy

        found = getattr(numpy, name)
        setattr(self, name, found)
        return found


if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Records = NDArray[Any]
    Flags = NDArray[np.bool_]
    Ints = NDArray[np.int64]
    ShortInts = NDArray[np.int32]
    Hashes = NDArray[np.uint64]
    Places = NDArray[np.intp]
    Reals = NDArray[np.float64]
else:
    np = _Late()
    Records = Flags = Ints = ShortInts = Hashes = Places = Reals = object
