"""Writing the register of pay and the acts as a job of the queue.

In: a job and the study's folder. Out: files for Word and as PDF in each language of the study, all
of them or none; those of other registers go. Called by the worker alone.
"""

import shutil
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from django.utils import timezone

from tyndau.base import folders
from tyndau.reporting.payroll import Payee, Payroll, write_payroll
from tyndau.study import load_study
from tyndau_server.audit import log
from tyndau_server.control import problems
from tyndau_server.control.owed import rate_of, register_of
from tyndau_server.control.pay_files import folder_of_pay, folder_of_register
from tyndau_server.jobs import queue
from tyndau_server.jobs.models import Job


def print_pay(job: Job, folder: Path) -> None:
    """Write what interviewers of a study are owed.

    Parameters
    ----------
    job : Job
        The job.
    folder : Path
        The study's folder.

    Raises
    ------
    UserError
        If the study has errors, names no rate, cuts take more than was earned, or a file cannot be
        written.
    """
    study = load_study(folder)
    rate, lines = rate_of(study), register_of(job.study, study)
    if rate is None or not lines:
        raise problems.NO_PAY.error()
    payees = tuple(
        Payee(one.member.code, one.member.person.name, one.line, one.first, one.last)
        for one in lines
    )
    today = timezone.now().astimezone(ZoneInfo(study.time_zone)).date()
    target = folder_of_register(job.study, study, lines)
    target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    beside = folders.beside(target)
    try:
        beside.mkdir(mode=0o700)
        write_payroll(
            study, Payroll(payees, rate, today), beside, progress=partial(queue.tell, job)
        )
        shutil.rmtree(target, ignore_errors=True)
        beside.replace(target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)
    for other in folder_of_pay(job.study).iterdir():
        if other != target:
            shutil.rmtree(other, ignore_errors=True)
    details = {"interviewers": [one.code for one in payees]}
    log.write("pay.made", actor=job.asked_by, study=job.study, details=details)
