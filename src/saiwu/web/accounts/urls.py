"""Addresses of signing in and of one's own account."""

from django.urls import path

from saiwu.web.accounts.desks import views as desks
from saiwu.web.accounts.forgotten import views as forgotten
from saiwu.web.accounts.invitation import views as invitation
from saiwu.web.accounts.security import views as security
from saiwu.web.accounts.signing_in import views as signing_in

urlpatterns = [
    path("sign-in/", signing_in.sign_in, name="sign-in"),
    path("sign-in/code/", signing_in.code, name="sign-in-code"),
    path("sign-in/forgotten/", forgotten.forgotten, name="forgotten"),
    path("sign-out/", signing_in.sign_out, name="sign-out"),
    path("invitation/<int:account_id>/<str:token>/", invitation.arrive, name="invitation"),
    path("invitation/", invitation.set_password, name="invitation-password"),
    path("desks/", desks.desks, name="desks"),
    path("account/", security.account, name="account"),
    path("account/password/", security.password, name="password"),
    path("account/second-factor/", security.second_factor, name="second-factor"),
    path("account/recovery-codes/", security.recovery_codes, name="recovery-codes"),
]
