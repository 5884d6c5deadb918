"""Django's settings, read from the environment once.

| variable | meaning | default |
| --- | --- | --- |
| SAIWU_DATA | the folder that holds the installation: database, keys, files | ./data |
| SAIWU_DATABASE | postgresql://user:password@host:port/name; empty: SQLite in SAIWU_DATA | |
| SAIWU_HOSTS | host names that this installation answers to, by comma | localhost,127.0.0.1,[::1] |
| SAIWU_ADDRESS | the public address, as it stands in QR codes: https://… | http://127.0.0.1:8000 |
| SAIWU_HTTPS | 1: cookies and redirects for https only | 1 where SAIWU_ADDRESS is https |
"""

from __future__ import annotations

import os
from pathlib import Path
from urllib.parse import unquote, urlsplit

from csp.constants import NONE, SELF

DATA = Path(os.environ.get("SAIWU_DATA") or "data").resolve()
ADDRESS = (os.environ.get("SAIWU_ADDRESS") or "http://127.0.0.1:8000").rstrip("/")
HTTPS = os.environ.get("SAIWU_HTTPS", "1" if ADDRESS.startswith("https://") else "0") == "1"

DEBUG = False
ALLOWED_HOSTS = [name for name in os.environ.get("SAIWU_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if name]
CSRF_TRUSTED_ORIGINS = [ADDRESS]
ROOT_URLCONF = "saiwu.conf.urls"
WSGI_APPLICATION = "saiwu.conf.wsgi.application"
AUTH_USER_MODEL = "saiwu.Account"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"


def _secret_key() -> str:
    """Django's own key: a file of the installation, made by `saiwu migrate`; a passing one where there is none yet."""
    path = DATA / "keys" / "django"
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        return os.urandom(32).hex()


SECRET_KEY = _secret_key()


def _demo() -> str | None:
    """The first line of the file `demo` of a demonstration: the instant (ISO 8601, with offset) at which its clock stands
    still, or nothing, and the clock goes. None: no demonstration."""
    try:
        return (DATA / "demo").read_text("ascii").partition("\n")[0].strip()
    except (FileNotFoundError, IsADirectoryError):  # a folder of that name: where `saiwu run --demo` keeps its own
        return None


DEMO_AT = _demo() or ""
DEMO = _demo() is not None
DEMO_CLOCK = os.environ.get("SAIWU_DEMO_CLOCK", "") if DEMO_AT else ""
"""`instant@real instant`: the demonstration's clock showed the first at the second, and goes. `saiwu run` sets it."""

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "saiwu",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django.forms",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "saiwu.web.choices.in_the_readers_language",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [Path(__file__).resolve().parent.parent / "web"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.csrf",
                "django.contrib.messages.context_processors.messages",
                "saiwu.web.context.installation",
            ],
            "builtins": ["django.templatetags.static", "saiwu.web.templatetags"],
        },
    },
]


def _database() -> dict[str, object]:
    """SQLite in the installation's folder, or PostgreSQL.

    SQLite: WAL, writers that begin as writers and wait their turn, every commit on disk before it is acknowledged.
    PostgreSQL: a pool of connections (without one, each request would open its own: fifteen times slower).
    """
    address = os.environ.get("SAIWU_DATABASE", "")
    if not address:
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": DATA / "saiwu.sqlite3",
            "OPTIONS": {
                "transaction_mode": "IMMEDIATE",
                "timeout": 20,
                "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;PRAGMA foreign_keys=ON;"
                "PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;",
            },
            "TEST": {"NAME": os.environ.get("SAIWU_TEST_SQLITE") or DATA / "test.sqlite3"},
        }
    parts = urlsplit(address)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        # not parts.hostname: that is lower case, and a host may be the folder of a socket (%2Fvar%2Frun%2Fpostgresql)
        "HOST": unquote(parts.netloc.rpartition("@")[2].partition(":")[0]),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}},
    }


DATABASES = {"default": _database()}

USE_TZ = True
TIME_ZONE = "Asia/Shanghai"
LANGUAGE_CODE = "zh-hans"
USE_I18N = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("SAIWU_STATIC") or DATA / "static")
STATICFILES_DIRS = [Path(__file__).resolve().parent.parent / "web" / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "saiwu.web.statics.HashedFiles"},
}
WHITENOISE_MAX_AGE = 31_536_000
WHITENOISE_SKIP_COMPRESS_EXTENSIONS = ["map", "png", "jpg", "woff2", "gz", "br"]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
CSRF_FAILURE_VIEW = "saiwu.web.errors.views.csrf_refused"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if HTTPS else None
SECURE_SSL_REDIRECT = HTTPS
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_NAME = "__Host-saiwu" if HTTPS else "saiwu"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_IDLE_SECONDS = 2 * 3600
"""Who has not clicked for so long signs in again; after SESSION_COOKIE_AGE everybody does."""
SECOND_FACTOR_REQUIRED = not DEMO
"""Whether everybody but units needs a second factor. A demonstration prints its passwords, so it asks for none."""
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "saiwu.accounts.passwords.LongEnough", "OPTIONS": {"min_length": 10}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("login", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
]
PASSWORD_RESET_TIMEOUT = 3 * 24 * 3600
"""Seconds for which the link of an invitation holds."""
LOGIN_URL = "sign-in"
FORM_RENDERER = "saiwu.web.forms.Look"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
