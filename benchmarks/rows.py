# SPDX-License-Identifier: MIT
"""The form in which every benchmark tells its figures."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Row:
    """One figure beside its goal. `good` is None where there is no goal, or none that this machine can judge."""

    subject: str
    figure: str
    goal: str = ""
    good: bool | None = None

    def __str__(self) -> str:
        mark = {None: " ", True: "✓", False: "✗"}[self.good]
        return f"{mark} {self.subject:<66} {self.figure:>22}   {self.goal}"
