# SPDX-License-Identifier: MIT
"""A table in a file of which only the rows that are asked for are read, so that it takes no memory."""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt


class Rows:
    """Rows of one-byte numbers; `rows[numbers]` reads them from the file, from any thread."""

    def __init__(self, path: Path, dtype: npt.DTypeLike, *, offset: int, width: int) -> None:
        self._file = path.open("rb", buffering=0)
        self._lock = threading.Lock()
        self._dtype, self._offset, self._width = np.dtype(dtype), offset, width

    def __getitem__(self, numbers: Sequence[int] | npt.NDArray[np.int64]) -> npt.NDArray[Any]:
        """Return the rows of these numbers."""
        found = bytearray(len(numbers) * self._width)
        view = memoryview(found)
        with self._lock:
            for place, number in enumerate(numbers):
                self._file.seek(self._offset + int(number) * self._width)
                self._file.readinto(view[place * self._width : (place + 1) * self._width])
        return np.frombuffer(found, dtype=self._dtype).reshape(-1, self._width)

    def close(self) -> None:
        """Close the file."""
        self._file.close()

    def __del__(self) -> None:
        self.close()
