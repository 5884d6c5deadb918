"""Addresses of the office over the installation: units, accounts, notices."""

from django.urls import path

from saiwu.web.office.accounts import views as accounts
from saiwu.web.office.home import views as home
from saiwu.web.office.publishing import views as publishing
from saiwu.web.office.units import views as units

urlpatterns = [
    path("", home.home, name="office-home"),
    path("units/", units.index, name="office-units"),
    path("units/add/", units.add, name="office-unit-add"),
    path("units/<int:unit_id>/", units.one, name="office-unit"),
    path("units/<int:unit_id>/correct/", units.correct, name="office-unit-correct"),
    path("units/<int:unit_id>/clerks/new/", units.new_clerk, name="office-unit-clerk"),
    path("units/<int:unit_id>/clerks/known/", units.known_clerk, name="office-unit-known-clerk"),
    path("units/<int:unit_id>/clerks/<int:appointment_id>/end/", units.end, name="office-unit-end"),
    path("accounts/", accounts.index, name="office-accounts"),
    path("accounts/add/", accounts.add, name="office-account-add"),
    path("accounts/<int:account_id>/", accounts.one, name="office-account"),
    path("accounts/<int:account_id>/link/", accounts.link, name="office-account-link"),
    path("accounts/<int:account_id>/second-factor/", accounts.second_factor, name="office-account-second-factor"),
    path("accounts/<int:account_id>/deactivate/", accounts.deactivate, name="office-account-deactivate"),
    path("accounts/<int:account_id>/reactivate/", accounts.reactivate, name="office-account-reactivate"),
    path("notices/", publishing.published, name="office-published"),
    path("notices/publish/", publishing.publish, name="office-publish"),
]
