"""Running the field: who works where, what is in quota, what needs a look, what is owed.

In: the plan of the sample, interviews that `tyndau_server.fieldwork` took in, what phones report.
Out: assignments, facts of interviews, quotas, alerts, pay, and their pages. What is counted is
computed by the worker (`tyndau_server.control.work`) and only read here; nothing refuses an
interview.
"""
