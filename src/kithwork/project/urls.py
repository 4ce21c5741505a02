"""Every address. A room's pages stand under /me/ for the client and under /course/<id>/ for both."""

from allauth.account import views as account
from allauth.mfa.base import views as mfa
from allauth.mfa.recovery_codes import views as recovery
from allauth.mfa.totp import views as totp
from django.urls import URLPattern, include, path, re_path

from kithwork.clinic.admin import urls as admin
from kithwork.clinic.groups import urls as groups
from kithwork.clinic.outcomes import urls as outcomes
from kithwork.clinic.protocols import urls as protocols
from kithwork.clinic.standing_in import urls as standing_in
from kithwork.clinic.supervision import urls as supervision
from kithwork.clinic.today import urls as today
from kithwork.foundation.accounts import urls as accounts
from kithwork.foundation.accounts.viewer import everybody
from kithwork.foundation.ui.views import components
from kithwork.project import home, signed_in_places
from kithwork.therapy.checkins import urls as checkins
from kithwork.therapy.course import urls as course
from kithwork.therapy.diary import urls as diary
from kithwork.therapy.ending import urls as ending
from kithwork.therapy.focus import urls as focus
from kithwork.therapy.formulation import urls as formulation
from kithwork.therapy.letters import urls as letters
from kithwork.therapy.my_data import urls as my_data
from kithwork.therapy.people import urls as people
from kithwork.therapy.reminders import urls as reminders
from kithwork.therapy.reviews import urls as reviews
from kithwork.therapy.safety import urls as safety
from kithwork.therapy.sessions import urls as sessions
from kithwork.therapy.story import urls as story
from kithwork.therapy.together import urls as together

# Each room names its pages once: for both sides, for the client alone, for staff alone.
# The first pages are asked for most, and an address is looked for from the top.
ROOMS = (
    together,
    course,
    diary,
    people,
    formulation,
    checkins,
    safety,
    sessions,
    ending,
    letters,
    reviews,
    today,
    supervision,
    outcomes,
    groups,
    admin,
    protocols,
    story,
    focus,
    standing_in,
    my_data,
    reminders,
)


def _pages(*kinds: str) -> list[URLPattern]:
    return [page for room in ROOMS for kind in kinds for page in getattr(room, kind, [])]


signing_in = [
    path("sign-in/", account.login, name="account_login"),
    path("sign-out/", home.sign_out, name="account_logout"),
    path("account/inactive/", account.account_inactive, name="account_inactive"),
    path("account/password/", account.password_change, name="account_change_password"),
    path("account/password/forgotten/", account.password_reset, name="account_reset_password"),
    path("account/password/sent/", account.password_reset_done, name="account_reset_password_done"),
    # An account's id may hold a hyphen itself, so its length is what tells it from the key.
    re_path(
        r"^account/password/new/(?P<uidb36>[\w-]{22})-(?P<key>[\w-]+)/$",
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
    path("account/", home.account, name="account"),
    path("account/signed-in/", signed_in_places.places, name="usersessions_list"),
    path("account/signed-in/<int:place>/end/", signed_in_places.end, name="signed-in-end"),
    path("account/none/", account.account_inactive, name="account_signup"),
]

urlpatterns = [
    path("", home.front_door, name="front-door"),
    path("me/", include((_pages("course_pages", "client_pages"), "me"))),
    path("course/<str:course_id>/", include((_pages("course_pages", "staff_pages"), "course"))),
    *signing_in,
    *accounts.pages,
    path("locked/", home.locked, name="locked"),
    path("lock/", home.lock, name="lock"),
    path("leave/", home.leave, name="leave"),
    path("nothing-here/", home.nothing_here, name="nothing-here"),
    path("healthz", home.healthz, name="healthz"),
    path("readyz", home.readyz, name="readyz"),
    path("components/", everybody(components), name="components"),
    *_pages("open_pages", "clinic_pages"),
]

handler429 = "kithwork.project.refusals.too_often"
handler404 = "kithwork.project.refusals.not_found"
handler500 = "kithwork.project.refusals.broken"
