"""Tyndau runs a city's sociological study, from the questionnaire to the volume of tables.

This package is pure: it reads and writes the folder of a study and knows no server.
``ARCHITECTURE.md`` tells which room holds what; imports run only upwards in that list.
"""

__version__ = "0.1.0"
