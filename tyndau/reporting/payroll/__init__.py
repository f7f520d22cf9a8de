"""The register of pay and the acts of completed works, to be printed and signed.

In: a study, the lines of `tyndau.fieldwork.control.pay`. Out: documents, and their files for Word
and as PDF.
"""

from tyndau.reporting.payroll.make import write_payroll
from tyndau.reporting.payroll.model import Payee, Payroll

__all__ = ["Payee", "Payroll", "write_payroll"]
