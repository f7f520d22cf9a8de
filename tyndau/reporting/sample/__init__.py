"""The documents of a sample: a report for the sociologist, sheets for supervisors and interviewers.

In: a study and the `SamplePlan` of `tyndau.sampling`. Out: the folder ``sample`` of the study,
whole or not at all: documents for Word and as PDF in each language, points and quotas as CSV, the
record.
A new document is a builder here and a line in `make`.
"""

from tyndau.reporting.sample.make import SampleResult, make_sample

__all__ = ["SampleResult", "make_sample"]
