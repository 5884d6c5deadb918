"""Addresses of the public door."""

from django.urls import path

from saiwu.web.public.bulletin import views as bulletin
from saiwu.web.public.calendar import views as calendar
from saiwu.web.public.certificates import views as certificates
from saiwu.web.public.draws import views as draws
from saiwu.web.public.event import views as event
from saiwu.web.public.events import views as events
from saiwu.web.public.finalists import views as finalists
from saiwu.web.public.home import views as home
from saiwu.web.public.notice import views as notice
from saiwu.web.public.poster import views as poster
from saiwu.web.public.preregister import units
from saiwu.web.public.preregister import views as preregister
from saiwu.web.public.preregister.data import views as personal_data
from saiwu.web.public.preregister.receipt import views as receipt
from saiwu.web.public.progress import views as progress
from saiwu.web.public.results import views as results

urlpatterns = [
    path("", home.installation, name="installation"),
    path("certificates/", certificates.find, name="certificates"),
    path("certificates/<str:check_code>/", certificates.check, name="certificate"),
    path("c/<slug:slug>/", home.home, name="home"),
    path("c/<slug:slug>/notice/", notice.notice, name="notice"),
    path("c/<slug:slug>/calendar/", calendar.calendar, name="calendar"),
    path("c/<slug:slug>/calendar.ics", calendar.ics, name="calendar-ics"),
    path("c/<slug:slug>/events/", events.events, name="events"),
    path("c/<slug:slug>/events/<slug:event>/", event.event, name="event"),
    path("c/<slug:slug>/events/<slug:event>/calendar.ics", calendar.event_ics, name="event-ics"),
    path("c/<slug:slug>/events/<slug:event>/finalists/", finalists.finalists, name="finalists"),
    path("c/<slug:slug>/events/<slug:event>/draws/<int:draw_id>/", draws.draw, name="draw"),
    path("c/<slug:slug>/events/<slug:event>/draws/<int:draw_id>/transcript.json", draws.transcript, name="transcript"),
    path("c/<slug:slug>/events/<slug:event>/poster.pdf", poster.event, name="event-poster"),
    path("c/<slug:slug>/poster.pdf", poster.competition, name="poster"),
    path("c/<slug:slug>/preregister/", preregister.preregistration, name="preregister"),
    path("c/<slug:slug>/preregister/units/", units.units, name="preregister-units"),
    path("c/<slug:slug>/preregister/personal-data/", personal_data.personal_data, name="personal-data"),
    path("c/<slug:slug>/preregister/receipt/<str:number>/<str:signature>/", receipt.shown, name="receipt"),
    path("c/<slug:slug>/preregister/receipt/<str:number>/<str:signature>/undo/", receipt.undo, name="receipt-undo"),
    path(
        "c/<slug:slug>/preregister/receipt/<str:number>/<str:signature>/receipt.png",
        receipt.image,
        name="receipt-image",
    ),
    path("c/<slug:slug>/preregister/<slug:event>/", preregister.preregistration, name="preregister-event"),
    path("c/<slug:slug>/progress/", progress.progress, name="progress"),
    path("c/<slug:slug>/progress/withdraw/", progress.withdraw, name="progress-withdraw"),
    path("c/<slug:slug>/results/", results.index, name="results"),
    path("c/<slug:slug>/results/<slug:event>/", results.event, name="event-results"),
    path("c/<slug:slug>/results/<slug:event>/<str:key>/", results.listed, name="result-list"),
    path("c/<slug:slug>/results/<slug:event>/<str:key>/bundle.json", results.bundle, name="bundle"),
    path("c/<slug:slug>/bulletin/", bulletin.bulletin, name="bulletin"),
    path("c/<slug:slug>/bulletin.docx", bulletin.docx, name="bulletin-docx"),
]
