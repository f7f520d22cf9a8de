"""Simulated interviews of a fictional city, by the routing and the design of its study.

In: a study whose workbook says that it is fictional, a number of interviews, a seed. Out: frames by
population and the record of how they were made. The same seed gives the same interviews. A study of
a real place is refused; `copy_to_fictional_city` writes one of a city that does not exist.
"""

from tyndau.fieldwork.simulation.assumptions import Assumptions
from tyndau.fieldwork.simulation.simulate import Simulated, design_digest, simulate
from tyndau.fieldwork.simulation.through import Sent, send_simulated

__all__ = ["Assumptions", "Sent", "Simulated", "design_digest", "send_simulated", "simulate"]
