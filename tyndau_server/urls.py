"""Addresses: the language first, then the study, then what of it.

In: nothing. Out: the patterns, each with one view; a noun of an address is the name of its view's
module. Whatever else is asked for gets our own page in the language of the address.
"""

from django.urls import include, path, register_converter

from tyndau.base.languages import INTERFACE_LANGUAGES
from tyndau_server.analysis.views.chart import chart
from tyndau_server.analysis.views.file import file
from tyndau_server.analysis.views.table import table
from tyndau_server.bundle.views.bundle import (
    bundle,
    bundle_file,
    bundle_make,
    bundle_take_in,
    bundles,
)
from tyndau_server.control.views.alerts import (
    alert,
    alert_settle,
    alerts,
    alerts_settle,
    alerts_together,
    question,
    question_answer,
    questions,
)
from tyndau_server.control.views.assignments import (
    assignment_add,
    assignments,
    assignments_day,
    assignments_end,
    assignments_plan,
    assignments_substitute,
)
from tyndau_server.control.views.field import field, field_live
from tyndau_server.control.views.field_progress import field_progress
from tyndau_server.control.views.papers import (
    papers,
    papers_file,
    papers_print,
    photo,
    photo_remove,
    photos_upload,
)
from tyndau_server.control.views.pay import cut_make, cut_revoke, pay, pay_file, pay_print
from tyndau_server.fieldwork.views.attachment import attachment
from tyndau_server.fieldwork.views.export import export
from tyndau_server.fieldwork.views.freeze import freeze
from tyndau_server.fieldwork.views.instruments import (
    instrument_act,
    instrument_issue,
    instrument_media,
    instrument_upload,
    instrument_xform,
    instruments,
)
from tyndau_server.fieldwork.views.openrosa_form import (
    form,
    form_list_of,
    form_manifest,
    form_media,
)
from tyndau_server.fieldwork.views.openrosa_submission import submission
from tyndau_server.fieldwork.views.quarantine import (
    quarantine,
    quarantined,
    quarantined_bytes,
    quarantined_settle,
)
from tyndau_server.fieldwork.views.submission import submission as interview
from tyndau_server.fieldwork.views.submission import submission_xml
from tyndau_server.fieldwork.views.submission_decide import submission_decide
from tyndau_server.fieldwork.views.submissions import submissions
from tyndau_server.fieldwork.views.withdrawals import withdraw, withdrawals
from tyndau_server.form.views.link import (
    link_boot,
    link_form,
    link_media,
    link_page,
    link_sealed,
    link_worker,
)
from tyndau_server.form.views.links import link_poster, links, links_close, links_make
from tyndau_server.form.views.page import form_app, form_boot, form_page, form_worker
from tyndau_server.form.views.reports import reports
from tyndau_server.form.views.sealed import sealed
from tyndau_server.form.views.sent import sent, sent_interview
from tyndau_server.form.views.unfinished import link_unfinished
from tyndau_server.form.views.unsent import unsent
from tyndau_server.home.views.index import index, welcome
from tyndau_server.home.views.job import build, progress
from tyndau_server.home.views.jobs import jobs, retry
from tyndau_server.home.views.study import study
from tyndau_server.look.views import refused
from tyndau_server.look.views.scheme import scheme
from tyndau_server.paper.views.entry import sheet_entry
from tyndau_server.paper.views.sheet import sheet, sheet_remove, sheet_send
from tyndau_server.paper.views.sheets import sheet_begin, sheets, sheets_file, sheets_print
from tyndau_server.people.views import account, persons, second_factor
from tyndau_server.people.views.door import sign_in, sign_out
from tyndau_server.running.views.health import health, ready
from tyndau_server.studies.views.design import (
    design,
    design_compare,
    design_file,
    design_version,
)
from tyndau_server.studies.views.new_study import new_study
from tyndau_server.studies.views.upload import (
    design_go_back,
    design_staged,
    design_staged_file,
    design_take_over,
    design_upload,
)
from tyndau_server.team.views import member
from tyndau_server.team.views.audit import audit
from tyndau_server.team.views.demo import demo
from tyndau_server.team.views.link import link
from tyndau_server.team.views.team import interviewer, invite, team
from tyndau_server.team.views.token import phone, token, token_revoke


class _Language:
    """The languages of the interface, as the first part of an address."""

    regex = "|".join(INTERFACE_LANGUAGES)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(_Language, "language")

_OF_A_STUDY = [
    path("", study, name="study"),
    path("tables/<str:population>/", table, name="table"),
    path("charts/<str:population>/<str:name>", chart, name="chart"),
    path("files/<str:name>", file, name="file"),
    path("build", build, name="build"),
    path("progress", progress, name="progress"),
    path("team/", team, name="team"),
    path("team/invite", invite, name="invite"),
    path("team/links/<int:number>/revoke", member.link_revoke, name="link-revoke"),
    path("team/interviewer", interviewer, name="interviewer"),
    path("team/<int:number>/", member.member, name="member"),
    path("team/<int:number>/end", member.end, name="member-end"),
    path("team/<int:number>/link", member.link, name="member-link"),
    path("team/<int:number>/token", token, name="token"),
    path("team/tokens/<int:number>/", phone, name="phone"),
    path("team/tokens/<int:number>/revoke", token_revoke, name="token-revoke"),
    path("audit/", audit, name="audit"),
    path("bundle/", bundle, name="bundle"),
    path("bundle/make", bundle_make, name="bundle-make"),
    path("bundle/files/<str:name>", bundle_file, name="bundle-file"),
    path("jobs/", jobs, name="jobs"),
    path("jobs/<int:number>/retry", retry, name="retry"),
]
_OF_THE_FIELD = [
    path("", submissions, name="submissions"),
    path("decide", submission_decide, name="submission-decide"),
    path("<int:number>/", interview, name="submission"),
    path("<int:number>/xml", submission_xml, name="submission-xml"),
    path("<int:number>/files/<int:file>", attachment, name="attachment"),
    path("quarantine/", quarantine, name="quarantine"),
    path("quarantine/<int:number>/", quarantined, name="quarantined"),
    path("quarantine/<int:number>/settle", quarantined_settle, name="quarantined-settle"),
    path("quarantine/<int:number>/bytes", quarantined_bytes, name="quarantined-bytes"),
    path("instruments/", instruments, name="instruments"),
    path("instruments/issue", instrument_issue, name="instrument-issue"),
    path("instruments/upload", instrument_upload, name="instrument-upload"),
    path("instruments/<int:number>/act", instrument_act, name="instrument-act"),
    path("instruments/<int:number>/xform", instrument_xform, name="instrument-xform"),
    path("instruments/<int:number>/media/<int:media>", instrument_media, name="instrument-media"),
    path("withdrawals/", withdrawals, name="withdrawals"),
    path("withdrawals/withdraw", withdraw, name="withdraw"),
    path("unsent", unsent, name="unsent"),
    path("links/", links, name="links"),
    path("links/make", links_make, name="links-make"),
    path("links/close", links_close, name="links-close"),
    path("links/<int:number>/poster", link_poster, name="link-poster"),
    path("paper/", sheets, name="sheets"),
    path("paper/begin", sheet_begin, name="sheet-begin"),
    path("paper/<int:number>/entry", sheet_entry, name="sheet-entry"),
    path("paper/<int:number>/", sheet, name="sheet"),
    path("paper/<int:number>/send", sheet_send, name="sheet-send"),
    path("paper/<int:number>/remove", sheet_remove, name="sheet-remove"),
    path("paper/print", sheets_print, name="sheets-print"),
    path("paper/print/<int:number>-<str:content>.pdf", sheets_file, name="sheets-file"),
    path("today/", field, name="field"),
    path("today/live", field_live, name="field-live"),
    path("progress/", field_progress, name="field-progress"),
    path("alerts/", alerts, name="alerts"),
    path("alerts/together", alerts_together, name="alerts-together"),
    path("alerts/settle", alerts_settle, name="alerts-settle"),
    path("alerts/<int:number>/", alert, name="alert"),
    path("alerts/<int:number>/settle", alert_settle, name="alert-settle"),
    path("questions/", questions, name="questions"),
    path("questions/<int:number>/", question, name="question"),
    path("questions/<int:number>/answer", question_answer, name="question-answer"),
    path("assignments/", assignments, name="assignments"),
    path("assignments/plan", assignments_plan, name="assignments-plan"),
    path("assignments/day", assignments_day, name="assignments-day"),
    path("assignments/add", assignment_add, name="assignment-add"),
    path("assignments/end", assignments_end, name="assignments-end"),
    path("assignments/substitute", assignments_substitute, name="assignments-substitute"),
    path("papers/", papers, name="papers"),
    path("papers/print", papers_print, name="papers-print"),
    path("papers/papers.zip", papers_file, name="papers-file"),
    path("papers/photos", photos_upload, name="photos-upload"),
    path("papers/photos/<int:number>", photo, name="photo"),
    path("papers/photos/<int:number>/remove", photo_remove, name="photo-remove"),
    path("pay/", pay, name="pay"),
    path("pay/print", pay_print, name="pay-print"),
    path("pay/print/<str:name>", pay_file, name="pay-file"),
    path("pay/cut", cut_make, name="cut-make"),
    path("pay/cuts/<int:number>/revoke", cut_revoke, name="cut-revoke"),
    path("export", export, name="export"),
    path("freeze", freeze, name="freeze"),
]
# Its files, edited by several people; what was sent waits under a key until it is taken over.
_OF_A_DESIGN = [
    path("", design, name="design"),
    path("versions/<int:number>", design_version, name="design-version"),
    path("versions/<int:number>/go-back", design_go_back, name="design-go-back"),
    path("versions/<int:number>/files/<path:path>", design_file, name="design-file"),
    path("compare", design_compare, name="design-compare"),
    path("upload", design_upload, name="design-upload"),
    path("sent/<str:key>", design_staged, name="design-staged"),
    path("sent/<str:key>/take-over", design_take_over, name="design-take-over"),
    path("sent/<str:key>/files/<int:number>", design_staged_file, name="design-staged-file"),
]
# What phones ask for: no language, and a secret that says whose they are.
_OF_A_PHONE = [
    path("", form_page, name="form"),
    path("boot.json", form_boot, name="form-boot"),
    path("worker.js", form_worker, name="form-worker"),
    path("app.webmanifest", form_app, name="form-app"),
    path("sealed", sealed, name="form-sealed"),
    path("reports", reports, name="form-reports"),
    path("sent", sent, name="form-sent"),
    path("sent/<int:number>", sent_interview, name="form-sent-one"),
    path("formList", form_list_of, name="openrosa-form-list"),
    path("submission", submission, name="openrosa-submission"),
    path("forms/<int:number>", form, name="openrosa-form"),
    path("forms/<int:number>/manifest", form_manifest, name="openrosa-manifest"),
    path("forms/<int:number>/media/<int:media>", form_media, name="openrosa-media"),
]
# What residents ask for who fill a questionnaire in themselves; the secret is the link's.
_OF_A_LINK = [
    path("", link_page, name="link-page"),
    path("boot.json", link_boot, name="link-boot"),
    path("worker.js", link_worker, name="link-worker"),
    path("sealed", link_sealed, name="link-sealed"),
    path("unfinished/<str:number>", link_unfinished, name="link-unfinished"),
    path("forms/<int:number>", link_form, name="link-form"),
    path("forms/<int:number>/media/<int:media>", link_media, name="link-media"),
]
_OF_ONESELF = [
    path("", account.account, name="account"),
    path("password", account.password, name="account-password"),
    path("sessions", account.sessions, name="account-sessions"),
    path("codes", account.codes, name="account-codes"),
]
_OF_THE_SERVER = [
    path("", persons.persons, name="persons"),
    path("links/<int:number>/revoke", persons.revoke, name="administrator-link-revoke"),
    path("<int:number>/", persons.person, name="person"),
    path("<int:number>/active", persons.active, name="person-active"),
    path("<int:number>/administrator", persons.administrator, name="person-administrator"),
    path("<int:number>/link", persons.link, name="person-link"),
]
urlpatterns = [
    path("health", health, name="health"),
    path("health/ready", ready, name="health-ready"),
    path("", welcome, name="welcome"),
    path("<language:language>/", index, name="index"),
    path("<language:language>/sign-in", sign_in, name="sign-in"),
    path("<language:language>/sign-out", sign_out, name="sign-out"),
    path("k/<str:secret>/", include(_OF_A_PHONE)),
    path("a/<str:secret>/", include(_OF_A_LINK)),
    path("<language:language>/demo", demo, name="demo"),
    path("<language:language>/links/<str:secret>", link, name="link"),
    path("<language:language>/second-factor", second_factor.check, name="second-factor"),
    path("<language:language>/second-factor/new", second_factor.new, name="second-factor-new"),
    path("<language:language>/account/", include(_OF_ONESELF)),
    path("<language:language>/persons/", include(_OF_THE_SERVER)),
    path("<language:language>/scheme", scheme, name="scheme"),
    path("<language:language>/bundles/", bundles, name="bundles"),
    path("<language:language>/bundles/take-in", bundle_take_in, name="bundle-take-in"),
    path("<language:language>/new-study", new_study, name="new-study"),
    path("<language:language>/studies/<str:slug>/", include(_OF_A_STUDY)),
    path("<language:language>/studies/<str:slug>/design/", include(_OF_A_DESIGN)),
    path("<language:language>/studies/<str:slug>/field/", include(_OF_THE_FIELD)),
]
handler400 = refused.bad_request
handler403 = refused.forbidden
handler404 = refused.not_found
handler500 = refused.fault
