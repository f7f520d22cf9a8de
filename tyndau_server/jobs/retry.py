"""Trying failed work again.

In: a job that failed and who asks. Out: the job that will do it: a new one with the same kind and
arguments, or the one that waits or runs already. The failed one stays in the list, with its
reasons.
"""

from tyndau_server.jobs.models import Job
from tyndau_server.jobs.queue import enqueue
from tyndau_server.people.models import Person


def retry(failed: Job, *, by: Person) -> Job:
    """Ask for failed work again; of work that did not fail nothing is asked.

    Parameters
    ----------
    failed : Job
        The job that failed.
    by : Person
        Who asks.

    Returns
    -------
    Job
        The job that will do it; the same one where it did not fail.
    """
    if failed.state != Job.State.FAILED:
        return failed
    return enqueue(failed.study, failed.kind, arguments=failed.arguments, asked_by=by)
