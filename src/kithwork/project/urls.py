"""Every address. A room's pages stand under /me/ for the client and under /course/<id>/ for both."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from allauth.usersessions import views as usersessions
from django.urls import URLPattern, include, path

from kithwork.foundation.accounts import urls as accounts
from kithwork.foundation.ui.views import components
from kithwork.project import home
from kithwork.therapy.course import urls as course
from kithwork.therapy.diary import urls as diary
from kithwork.therapy.people import urls as people

# Each room names its pages once: for both sides, for the client alone, for staff alone.
ROOMS = (course, diary, people)


def _pages(*kinds: str) -> list[URLPattern]:
    return [page for room in ROOMS for kind in kinds for page in getattr(room, kind, [])]


signing_in = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/forgotten/", account.password_reset, name="account_reset_password"),
    path("account/password/sent/", account.password_reset_done, name="account_reset_password_done"),
    path(
        "account/password/new/<uidb36>-<key>/",
        account.password_reset_from_key,
        name="account_reset_password_from_key",
    ),
    path(
        "account/password/changed/",
        account.password_reset_from_key_done,
        name="account_reset_password_from_key_done",
    ),
    path("account/again/", account.reauthenticate, name="account_reauthenticate"),
    path("account/code/", mfa.authenticate, name="mfa_authenticate"),
    path("account/code/again/", mfa.reauthenticate, name="mfa_reauthenticate"),
    path("account/second-factor/", mfa.index, name="mfa_index"),
    path("account/second-factor/set-up/", totp.activate_totp, name="mfa_activate_totp"),
    path("account/second-factor/take-away/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path("account/recovery-codes/", recovery.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("account/recovery-codes/new/", recovery.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path(
        "account/recovery-codes/file/", recovery.download_recovery_codes, name="mfa_download_recovery_codes"
    ),
    path("account/signed-in/", usersessions.list_usersessions, name="usersessions_list"),
    path("account/none/", account.account_inactive, name="account_signup"),
]

urlpatterns = [
    path("", home.front_door, name="front-door"),
    *signing_in,
    *accounts.pages,
    path("locked/", home.locked, name="locked"),
    path("lock/", home.lock, name="lock"),
    path("leave/", home.leave, name="leave"),
    path("nothing-here/", home.nothing_here, name="nothing-here"),
    path("healthz", home.healthz, name="healthz"),
    path("readyz", home.readyz, name="readyz"),
    path("components/", components, name="components"),
    path("me/", include((_pages("course_pages", "client_pages"), "me"))),
    path("course/<str:course_id>/", include((_pages("course_pages", "staff_pages"), "course"))),
    *_pages("open_pages", "clinic_pages"),
]

handler404 = "kithwork.project.refusals.not_found"
handler500 = "kithwork.project.refusals.broken"
