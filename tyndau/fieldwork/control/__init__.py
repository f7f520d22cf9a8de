"""The field under way: quotas, outcomes, rules of work, pace and pay, as plain computations.

In: what the study plans, and interviews and contacts as arrays and plain values. Out: which
interviews are within quota, how many addressed people took part, what a supervisor should look at,
when the field will end, what is owed. Nothing here knows a clock, a database or a person's name:
the caller says what time it is and who is meant, and every result is a function of its arguments.
"""
