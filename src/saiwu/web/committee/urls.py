"""Addresses of the committee's door: the office, the organiser, the supervisor and the arbiter of a competition."""

from django.urls import include, path

from saiwu.web.committee.appointments import views as appointments
from saiwu.web.committee.brief import views as brief
from saiwu.web.committee.changes import views as changes
from saiwu.web.committee.conflicts import views as conflicts
from saiwu.web.committee.decisions import views as decisions
from saiwu.web.committee.home import views as home
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
]

urlpatterns = [path("<slug:slug>/", include(_COMPETITION))]
