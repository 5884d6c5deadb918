"""Addresses of the committee's door: the office, the organiser, the supervisor and the arbiter of a competition."""

from django.urls import include, path

from saiwu.web.committee.appointments import views as appointments
from saiwu.web.committee.audit import views as audit
from saiwu.web.committee.awards import views as awards
from saiwu.web.committee.brief import views as brief
from saiwu.web.committee.bulletin import views as bulletin
from saiwu.web.committee.certificates import views as certificates
from saiwu.web.committee.changes import views as changes
from saiwu.web.committee.conflicts import views as conflicts
from saiwu.web.committee.decisions import views as decisions
from saiwu.web.committee.draws import views as draws
from saiwu.web.committee.home import views as home
from saiwu.web.committee.results import views as results
from saiwu.web.committee.waivers import views as waivers

_COMPETITION = [
    path("", home.home, name="committee-home"),
    path("brief/", brief.brief, name="committee-brief"),
    path("decisions/", decisions.index, name="committee-decisions"),
    path("decisions/<int:decision_id>/", decisions.one, name="committee-decision"),
    path("waivers/", waivers.index, name="committee-waivers"),
    path("waivers/<int:waiver_id>/", waivers.one, name="committee-waiver"),
    path("waivers/<int:waiver_id>/photo/<int:position>/", waivers.photo, name="committee-waiver-photo"),
    path("waivers/<int:waiver_id>/evidence/<int:evidence_id>/", waivers.evidence, name="committee-waiver-evidence"),
    path("changes/", changes.index, name="committee-changes"),
    path("changes/<int:change_id>/", changes.one, name="committee-change"),
    path("conflicts/", conflicts.index, name="committee-conflicts"),
    path("conflicts/<int:conflict_id>/", conflicts.one, name="committee-conflict"),
    path("appointments/", appointments.index, name="committee-appointments"),
    path("appointments/new/", appointments.search, name="committee-appoint-search"),
    path("appointments/new/<int:account_id>/", appointments.new, name="committee-appoint"),
    path("appointments/<int:appointment_id>/end/", appointments.end, name="committee-appointment-end"),
    path("draws/", draws.index, name="committee-draws"),
    path("results/", results.index, name="committee-results"),
    path("results/<slug:in_event>/confirm/", results.confirm, name="committee-confirm"),
    path("certificates/", certificates.index, name="committee-certificates"),
    path("certificates/<int:certificate_id>.pdf", certificates.pdf, name="committee-certificate"),
    path("certificates/<slug:in_event>/", certificates.event, name="committee-certificates-event"),
    path("certificates/<slug:in_event>/issue/", certificates.issue, name="committee-certificates-issue"),
    path("certificates/<slug:in_event>/certificates.zip", certificates.archive, name="committee-certificates-zip"),
    path("awards/", awards.index, name="committee-awards"),
    path("awards/decide/", awards.decide, name="committee-award"),
    path("bulletin/", bulletin.bulletin, name="committee-bulletin"),
    path("audit/", audit.index, name="committee-audit"),
    path("audit/head/", audit.signed_head, name="committee-audit-head"),
    path("audit/audit.jsonl", audit.jsonl, name="committee-audit-export"),
]

urlpatterns = [path("<slug:slug>/", include(_COMPETITION))]
