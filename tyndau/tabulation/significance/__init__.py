"""Which differences of a table are significant.

In: a table's ratios, bases and statistics, and the method. Out: `Significance`: which cells are
higher or lower than the rest, and than which columns of their group. Two methods make statistics
in the same form, `DesignTests` and `QuantumTests`; what follows from them is decided in `decide`.
"""

from tyndau.tabulation.significance.decide import Significance, decide
from tyndau.tabulation.significance.design import DesignTests
from tyndau.tabulation.significance.quantum import QuantumTests

__all__ = ["DesignTests", "QuantumTests", "Significance", "decide"]
