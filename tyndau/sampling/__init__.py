"""The sample of a study: how large, shared out among whom, drawn where, asked by whom, for what.

In: a `Study` whose sheet ``sampling`` says what is wanted. Out: a `SamplePlan` of plain values, its
record as JSON, and what that record allows tables to say. The parts are pure functions, a module
each: `size`, `allocation`, `selection`, `routes`, `dwellings`, `quotas`, `interviewers`, `cost`;
`plan` joins them. Nothing is written here: `tyndau.reporting.sample` makes documents of the plan.
"""

from tyndau.sampling.model import SamplePlan
from tyndau.sampling.plan import plan_sample
from tyndau.sampling.record import RECORD, as_record, planned_routes, sample_notes

__all__ = ["RECORD", "SamplePlan", "as_record", "plan_sample", "planned_routes", "sample_notes"]
