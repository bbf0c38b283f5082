"""One linear program that is asked many questions, answered by HiGHS (Huangfu and Hall 2018, Math. Prog. Comp. 10).

An answer here is a proposal. Nothing is believed until its whole numbers have been checked with integer arithmetic
(``disclosure.protection.bounds.fits``): after a hot start HiGHS may report a wrong objective (its issue 3294).
"""

from __future__ import annotations

import highspy
import numpy as np
from scipy import sparse

VERSION = highspy.Highs().version()


class Program:
    """``row_low ≤ matrix · x ≤ row_high``, ``low ≤ x ≤ high``; questions differ in their cost and their bounds only."""

    def __init__(self, matrix: sparse.csr_array, row_low, row_high, low, high):
        columns = matrix.tocsc()
        program = highspy.HighsLp()
        program.num_row_, program.num_col_ = matrix.shape
        program.row_lower_, program.row_upper_ = (np.asarray(side, dtype=np.float64) for side in (row_low, row_high))
        program.col_lower_, program.col_upper_ = (np.asarray(side, dtype=np.float64) for side in (low, high))
        program.col_cost_ = np.zeros(matrix.shape[1])
        program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
        program.a_matrix_.start_, program.a_matrix_.index_ = (
            columns.indptr.astype(np.int32),
            columns.indices.astype(np.int32),
        )
        program.a_matrix_.value_ = columns.data.astype(np.float64)
        self._highs = highspy.Highs()
        for name, value in (
            ("output_flag", False),
            ("threads", 1),
            ("random_seed", 0),
            ("mip_rel_gap", 0.0),
            ("mip_abs_gap", 0.5),
        ):
            self._highs.setOptionValue(name, value)
        self._highs.passModel(program)
        self._every = np.arange(matrix.shape[1], dtype=np.int32)
        self._whole = False

    def cost(self, cost: np.ndarray, columns: np.ndarray | None = None) -> None:
        """What one unit of each variable (or of those ``at``) costs."""
        where = self._every if columns is None else np.asarray(columns, dtype=np.int32)
        self._highs.changeColsCost(len(where), where, np.asarray(cost, dtype=np.float64))

    def bound(self, columns: np.ndarray, low: np.ndarray, high: np.ndarray) -> None:
        where = np.asarray(columns, dtype=np.int32)
        self._highs.changeColsBounds(
            len(where), where, np.asarray(low, dtype=np.float64), np.asarray(high, dtype=np.float64)
        )

    def cheapest(self, *, whole: bool = False, seconds: float = 60.0) -> np.ndarray | None:
        """A cheapest solution, in whole numbers when asked; None when there is none or none was found in time."""
        if whole != self._whole:
            kind = highspy.HighsVarType.kInteger if whole else highspy.HighsVarType.kContinuous
            self._highs.changeColsIntegrality(len(self._every), self._every, np.array([kind] * len(self._every)))
            self._whole = whole
        self._highs.setOptionValue("time_limit", self._highs.getRunTime() + float(seconds))
        self._highs.run()
        info = self._highs.getInfo()
        if info.primal_solution_status != 2:  # 2: feasible
            return None
        return np.array(self._highs.getSolution().col_value)

    @property
    def finished(self) -> bool:
        """Was the last answer proved to be the cheapest?"""
        return self._highs.getModelStatus() == highspy.HighsModelStatus.kOptimal
