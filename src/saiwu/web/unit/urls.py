"""Addresses of the units' door."""

from django.urls import path

from saiwu.web.unit.documents import views as documents
from saiwu.web.unit.entering import views as entering
from saiwu.web.unit.entry import views as entry
from saiwu.web.unit.home import views as home
from saiwu.web.unit.profile import views as profile
from saiwu.web.unit.results import views as results
from saiwu.web.unit.roster import views as roster

_OF = "<int:unit>/<slug:slug>/"
_ENTRY = f"{_OF}entries/<int:entry_id>/"

urlpatterns = [
    path("<int:unit>/", home.competitions, name="unit"),
    path(_OF, home.home, name="unit-home"),
    path(f"{_OF}entries/", roster.roster, name="unit-roster"),
    path(f"{_OF}add/", entering.choose, name="unit-add"),
    path(f"{_OF}add/<slug:in_event>/<slug:division>/", entering.enter, name="unit-enter"),
    path(_ENTRY, entry.entry, name="unit-entry"),
    path(f"{_ENTRY}mend/", entering.mend, name="unit-mend"),
    path(f"{_ENTRY}withdraw/", entry.withdraw, name="unit-withdraw"),
    path(f"{_ENTRY}photo/<int:position>/", entry.photo, name="unit-photo"),
    path(f"{_ENTRY}photo/<int:position>/upload/", entry.upload_photo, name="unit-upload-photo"),
    path(f"{_ENTRY}evidence/<int:position>/upload/", entry.upload_evidence, name="unit-upload-evidence"),
    path(f"{_ENTRY}evidence/<int:evidence_id>/", entry.paper, name="unit-paper"),
    path(f"{_ENTRY}evidence/<int:evidence_id>/remove/", entry.remove_paper, name="unit-remove-paper"),
    path(f"{_ENTRY}number/<int:position>/", entry.reveal, name="unit-reveal"),
    path(f"{_ENTRY}form/", documents.form, name="unit-form"),
    path(f"{_OF}documents/", documents.documents, name="unit-documents"),
    path(f"{_OF}documents/summary/", documents.summary, name="unit-summary"),
    path(f"{_OF}documents/tickets/<slug:in_event>/", documents.tickets, name="unit-tickets"),
    path(f"{_OF}results/", results.results, name="unit-results"),
    path(f"{_OF}profile/", profile.profile, name="unit-profile"),
]
