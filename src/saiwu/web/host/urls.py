"""Addresses of the host's door: an event's host, registrar and supervisor at the same desk."""

from django.urls import include, path

from saiwu.web.host.changes import views as changes
from saiwu.web.host.checkin import views as checkin
from saiwu.web.host.codes import views as codes
from saiwu.web.host.documents import views as documents
from saiwu.web.host.draws import views as draws
from saiwu.web.host.entries import views as entries
from saiwu.web.host.finalists import views as finalists
from saiwu.web.host.home import views as home
from saiwu.web.host.marks import views as marks
from saiwu.web.host.results import views as results
from saiwu.web.host.review import files
from saiwu.web.host.review import views as review
from saiwu.web.host.steps import views as steps

_EVENT = [
    path("", home.home, name="host-home"),
    path("steps/<slug:key>/", steps.step, name="host-step"),
    path("review/", review.queue, name="host-review"),
    path("review/<int:entry_id>/", review.entry, name="host-review-entry"),
    path("review/<int:entry_id>/accept/", review.accept, name="host-accept"),
    path("review/<int:entry_id>/return/", review.give_back, name="host-return"),
    path("review/<int:entry_id>/reject/", review.reject, name="host-reject"),
    path("review/<int:entry_id>/waiver/", review.waiver, name="host-waiver"),
    path("review/<int:entry_id>/number/", files.reveal, name="host-reveal"),
    path("entries/", entries.entries, name="host-entries"),
    path("entries/summary.xlsx", entries.summary, name="host-summary"),
    path("entries/<int:entry_id>/form/", entries.form, name="host-form"),
    path("entries/<int:entry_id>/photo/<int:position>/", files.photo, name="host-photo"),
    path("entries/<int:entry_id>/evidence/<int:evidence_id>/", files.evidence, name="host-evidence"),
    path("checkin/", checkin.checkin, name="host-checkin"),
    path("draws/", draws.draws, name="host-draws"),
    path("draws/<int:draw_id>/commit/", draws.commit, name="host-draw-commit"),
    path("draws/<int:draw_id>/fix/", draws.fix, name="host-draw-fix"),
    path("draws/<int:draw_id>/make/", draws.make, name="host-draw-make"),
    path("codes/", codes.codes, name="host-codes"),
    path("codes/slips/", codes.slips, name="host-slips"),
    path("marks/", marks.marks, name="host-marks"),
    path("marks/<int:mark_id>/", marks.correct, name="host-mark"),
    path("results/", results.results, name="host-results"),
    path("results/second-look/", results.look, name="host-look"),
    path("results/unsealing/", results.unseal, name="host-unseal"),
    path("results/compute/", results.compute, name="host-compute"),
    path("results/<str:key>/", results.before, name="host-preview"),
    path("results/<str:key>/table.xlsx", results.xlsx, name="host-table"),
    path("results/<str:key>/bundle.json", results.bundle, name="host-bundle"),
    path("changes/", changes.changes, name="host-changes"),
    path("changes/ask/", changes.ask, name="host-change"),
    path("documents/", documents.documents, name="host-documents"),
    path("finalists/", finalists.finalists, name="host-finalists"),
]

urlpatterns = [path("<slug:slug>/<slug:event>/", include(_EVENT))]
