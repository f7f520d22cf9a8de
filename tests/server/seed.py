"""A study in the field, made in another database than that of the tests.

In: the environment, which names it. Out: the secret of a phone on standard output. Run as ``python
-m tests.server.seed``, with ``whole`` for the questionnaire of 60 questions.
"""

import os
import sys

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "tyndau_server.settings"

if __name__ == "__main__":
    django.setup()
    from tests.server.field import asked, interviewer
    from tests.server.interviews import small_form, whole_form

    asked(whole_form() if "whole" in sys.argv else small_form())
    print(interviewer())
