"""Settings of an installation, read from its data folder and a few environment variables.

No configuration is needed for a first try. What is unsafe is refused by ``kithwork check`` and at start-up.
"""

import os
from pathlib import Path
from typing import Any

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

from kithwork.foundation import secrets
from kithwork.project import languages
from kithwork.project.data import folder_from_environment

PACKAGE = Path(__file__).resolve().parent.parent
FOLDER = folder_from_environment()
DEMO = FOLDER.kind == "demo"
DEBUG = False

KITHWORK_INSTALLATION_KEY = secrets.load(FOLDER.key_file) if FOLDER.key_file.exists() else os.urandom(32)
SECRET_KEY = secrets.derive(KITHWORK_INSTALLATION_KEY, "django").hex()

if os.environ.get("KITHWORK_NOW") and not DEMO and not os.environ.get("KITHWORK_TEST_DATA"):
    raise ImproperlyConfigured("KITHWORK_NOW is for demo and test data only. Unset it.")

ADDRESS = os.environ.get("KITHWORK_ADDRESS", "http://127.0.0.1:8000").rstrip("/")
SECURE = ADDRESS.startswith("https://")
_host = ADDRESS.split("://", 1)[-1].split(":")[0].split("/")[0]
# This machine itself may always ask: health checks come that way.
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]", *([_host] if SECURE else [])]
CSRF_FAILURE_VIEW = "kithwork.project.refusals.expired_form"
CSRF_TRUSTED_ORIGINS = [ADDRESS] if SECURE else []

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "kithwork.foundation.apps.FoundationConfig",
    "kithwork.therapy.apps.TherapyConfig",
    "kithwork.clinic.apps.ClinicConfig",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "lucide",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Pages travel small; Django makes their length a little random, so that it tells nothing of what is inside.
    "django.middleware.gzip.GZipMiddleware",
    "csp.middleware.CSPMiddleware",
    "kithwork.project.middleware.quiet_headers",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "kithwork.project.middleware.viewer",
    "kithwork.project.middleware.language",
    "kithwork.project.middleware.Gate",
]

ROOT_URLCONF = "kithwork.project.urls"
WSGI_APPLICATION = "kithwork.project.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [PACKAGE / "project" / "templates", *sorted(PACKAGE.glob("*/*/templates"))],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "kithwork.project.navigation.page_frame",
            ],
            "libraries": {
                "ui": "kithwork.foundation.ui.tags",
                "i18n": "kithwork.foundation.ui.translating",
                "static": "kithwork.foundation.ui.assets",
                "people": "kithwork.therapy.people.svg",
                "today": "kithwork.clinic.today.cards",
                "together": "kithwork.therapy.together.items",
            },
            "builtins": ["kithwork.foundation.ui.tags"],
        },
    },
]
# Our ``i18n`` and ``static`` stand in for Django's on purpose: the same tags, quicker.
SILENCED_SYSTEM_CHECKS = ["templates.W003"]
FORM_RENDERER = "kithwork.foundation.ui.forms.KithworkRenderer"

# FULL for real data and for the demo: "saved" is said only once the disk has it. Tests that don't test it say NORMAL.
_SYNCHRONOUS = os.environ.get("KITHWORK_SYNCHRONOUS", "FULL")


def _sqlite(path: Path) -> dict[str, Any]:
    return {
        "ENGINE": "kithwork.project.sqlite",
        "NAME": path,
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "cached_statements": 1024,
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA foreign_keys=ON; PRAGMA secure_delete=ON;"
            f"PRAGMA synchronous={_SYNCHRONOUS}; PRAGMA mmap_size=134217728; PRAGMA cache_size=-20000;"
            "PRAGMA temp_store=MEMORY; PRAGMA journal_size_limit=67108864;",
        },
    }


def _database(variable: str, path: Path) -> dict[str, Any]:
    url = os.environ.get(variable)
    return dict(dj_database_url.parse(url, conn_max_age=60)) if url else _sqlite(path)


DATABASES = {
    "default": _database("KITHWORK_DATABASE_URL", FOLDER.data),
    "keys": _database("KITHWORK_KEYS_URL", FOLDER.keys),
}
DATABASE_ROUTERS = ["kithwork.foundation.vault.router.KeysApart"]
ATOMIC_REQUESTS = False  # nothing is rendered inside a write transaction

CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "shared_counts"}}

# Signing in
AUTH_USER_MODEL = "foundation.Account"
AUTHENTICATION_BACKENDS = ["kithwork.project.whoever_asks.Accounts"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
ACCOUNT_ADAPTER = "kithwork.project.signing_in.ByInvitation"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # an accepted invitation has shown that the address is theirs
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_RATE_LIMITS = {"login": "60/m/ip", "login_failed": "8/5m/key,40/5m/ip"}
ACCOUNT_USER_DISPLAY = "kithwork.project.signing_in.display"
LOGIN_URL = "/sign-in/"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/sign-in/"
ACCOUNT_FORMS = {
    "login": "kithwork.project.account_forms.SignIn",
    "change_password": "kithwork.project.account_forms.ChangePassword",
    "reset_password": "kithwork.project.account_forms.ForgottenPassword",
    "reset_password_from_key": "kithwork.project.account_forms.NewPassword",
    "reauthenticate": "kithwork.project.account_forms.PasswordAgain",
}
MFA_FORMS = {
    "authenticate": "kithwork.project.account_forms.EnterCode",
    "reauthenticate": "kithwork.project.account_forms.CodeAgain",
    "activate_totp": "kithwork.project.account_forms.SetUpCode",
}
MFA_ADAPTER = "kithwork.project.signing_in.SealedSecrets"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes"]
MFA_TOTP_ISSUER = "Kithwork"
USERSESSIONS_TRACK_ACTIVITY = False
# Behind a proxy the last address that it adds is the visitor's; without one the header is anybody's invention.
ALLAUTH_TRUSTED_PROXY_COUNT = 1 if os.environ.get("KITHWORK_BEHIND_PROXY") else 0
KITHWORK_CHECK = "kithwork.project.checking.findings"  # what the administrator's page shows

SESSION_ENGINE = "kithwork.project.whoever_asks"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
SESSION_COOKIE_NAME = "__Host-kithwork" if SECURE else "kithwork"
KITHWORK_IDLE_MINUTES = {"client": 30, "staff": 20}
KITHWORK_ABSOLUTE_HOURS = 12

SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
SECURE_SSL_REDIRECT = False  # the proxy in front redirects; it would answer /healthz with a redirect here
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("KITHWORK_BEHIND_PROXY") else None
)
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "worker-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
    }
}

# A form field is never larger than this, and a request never has more of them.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

STATIC_URL = "/static/"
STATIC_ROOT = FOLDER.static
STATICFILES_DIRS = [PACKAGE / "project" / "static", *sorted(PACKAGE.glob("*/*/static"))]
STORAGES = {
    "staticfiles": {"BACKEND": "kithwork.project.static_files.KnownFiles"},
}
WHITENOISE_MANIFEST_STRICT = False

EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
if not os.environ.get("KITHWORK_MAIL_HOST"):
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = FOLDER.mail
EMAIL_HOST = os.environ.get("KITHWORK_MAIL_HOST", "")
EMAIL_PORT = int(
    os.environ.get("KITHWORK_MAIL_PORT", "587" if os.environ.get("KITHWORK_MAIL_USER") else "25")
)
EMAIL_HOST_USER = os.environ.get("KITHWORK_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("KITHWORK_MAIL_PASSWORD", "")
EMAIL_USE_TLS = True
EMAIL_TIMEOUT = 15  # a mail server that hangs must let go well before another worker takes the message up
DEFAULT_FROM_EMAIL = os.environ.get("KITHWORK_MAIL_FROM", "kithwork@localhost")

LANGUAGE_CODE = languages.SOURCE[0]
LOCALE_PATHS = [PACKAGE / "locale"]
LANGUAGES = languages.offered(*LOCALE_PATHS)  # with English alone, no request asks for its language
TIME_ZONE = "Europe/London"
USE_I18N = len(LANGUAGES) > 1  # with English alone nothing is looked up, which a page notices
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    # A line says which page, never what was on it: no bodies, no query strings, no local variables.
    "filters": {"codes_only": {"()": "kithwork.project.logs.CodesOnly"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "filters": ["codes_only"]}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["stderr"], "level": "WARNING", "propagate": False}},
}
DEFAULT_EXCEPTION_REPORTER_FILTER = "django.views.debug.SafeExceptionReporterFilter"
