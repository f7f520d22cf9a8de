"""Engines, which count the questions of a frame by the columns of a banner."""

from tyndau.tabulation.engines.arrays import ArrayEngine

__all__ = ["ArrayEngine"]
