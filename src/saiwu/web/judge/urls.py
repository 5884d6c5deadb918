"""Addresses of the judge's door."""

from django.urls import path

from saiwu.web.judge.code import views as code
from saiwu.web.judge.handing_in import views as handing_in
from saiwu.web.judge.home import views as home
from saiwu.web.judge.lock import views as lock
from saiwu.web.judge.marks import views as marks
from saiwu.web.judge.overview import views as overview
from saiwu.web.judge.penalties import views as penalties
from saiwu.web.judge.rulings import views as rulings
from saiwu.web.judge.start import views as start

_EVENT = "<slug:slug>/<slug:event>/"

urlpatterns = [
    path(_EVENT, home.home, name="judge-home"),
    path(f"{_EVENT}sheets/", code.sheets, name="judge-sheets"),
    path(f"{_EVENT}codes/<str:code>/", code.code, name="judge-code"),
    path(f"{_EVENT}hand-in/", handing_in.hand_in, name="judge-hand-in"),
    path(f"{_EVENT}start/", start.start, name="judge-start"),
    path(f"{_EVENT}overview/", overview.overview, name="judge-overview"),
    path(f"{_EVENT}overview/<str:code>/", marks.marks, name="judge-marks"),
    path(f"{_EVENT}marks/<int:mark_id>/", marks.correct, name="judge-correct"),
    path(f"{_EVENT}penalties/", penalties.penalties, name="judge-penalties"),
    path(f"{_EVENT}penalties/new/", penalties.give, name="judge-penalise"),
    path(f"{_EVENT}lock/", lock.lock, name="judge-lock"),
    path(f"{_EVENT}decisions/", rulings.rulings, name="judge-rulings"),
    path(f"{_EVENT}decisions/<int:decision_id>/", rulings.ruling, name="judge-ruling"),
]
