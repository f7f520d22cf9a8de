"""Interviews that were made on paper: typed in twice, compared, and taken in like any other.

Two people type in each sheet, neither sees what the other typed; what differs is settled with the
sheet at hand. Then `tyndau_server.fieldwork.receive` takes the interview in as if a phone sent it.
"""
