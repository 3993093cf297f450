"""Settings: everything from the environment, sane on a laptop, strict with DEBUG=off."""

from pathlib import Path
from typing import Any

import environ
import pghistory
from csp.constants import NONCE, NONE, SELF

from config.environment import (
    read_database,
    read_flag,
    read_hosts,
    read_mail,
    read_number,
    read_secret_key,
)
from config.sign_in import read_identity_provider, read_local_sign_in

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()
environ.Env.read_env(BASE_DIR / ".env")

DEBUG = read_flag(env, "DEBUG", default=True)
SECRET_KEY = read_secret_key(env, debug=DEBUG)
ALLOWED_HOSTS = read_hosts(env, debug=DEBUG)
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])
VAR_DIR = Path(env.str("SAMLAD_VAR", default=str(BASE_DIR / "var")))

# The demo's sign-in buttons; with DEBUG=off they never show, whatever this says.
DEMO_SIGN_IN = DEBUG and read_flag(env, "SAMLAD_DEMO", default=True)
# What the catalogue of open data tells of licence and contact, as addresses; the city decides.
OPEN_DATA_LICENCE = env.str("OPEN_DATA_LICENCE", default="")
OPEN_DATA_CONTACT = env.str("OPEN_DATA_CONTACT", default="")
# Counts of people from 1 up to this are hidden from everyone but the reporting nämnd and the
# coordinator. The rule is Samlad's own.
SMALL_COUNT_MAX = read_number(env, "SAMLAD_SMALL_COUNT_MAX", default=4, least=0)

INSTALLED_APPS = [
    "desk",
    "remisser",
    "indicators",
    "programme",
    "papers",
    "organisation",
    "trace",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_prose_editor",
    "pghistory",
    "pgtrigger",
    "rules.apps.AutodiscoverRulesConfig",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "allauth.mfa",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "config.middleware.SecurityHeadersMiddleware",
    "csp.middleware.CSPMiddleware",
    # Django's own server serves static files while developing; in production whitenoise does.
    *([] if DEBUG else ["whitenoise.middleware.WhiteNoiseMiddleware"]),
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "organisation.middleware.ActingMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    # After the two that say who it is: what is written from here on is theirs.
    "trace.middleware.TraceMiddleware",
    "organisation.middleware.RefusalMiddleware",
    "organisation.text_middleware.TextMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "organisation.sign_in.middleware.SessionLifetimeMiddleware",
    "organisation.sign_in.middleware.SecondFactorMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
]

ROOT_URLCONF = "config.urls"
WSGI_APPLICATION = "config.wsgi.application"
ASGI_APPLICATION = "config.asgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "csp.context_processors.nonce",
                "desk.context.signed_in",
            ],
            "builtins": ["indicators.templatetags.swedish"],
        },
    },
]

DATABASES = {"default": read_database(env, debug=DEBUG, var_dir=VAR_DIR)}
DATABASES["default"].setdefault("CONN_HEALTH_CHECKS", True)
# A process keeps its connection for a while: making one costs more than a save. A server that is
# restarted while one develops would keep them from those who empty the database.
DATABASES["default"].setdefault("CONN_MAX_AGE", 0 if DEBUG else 60)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Tables of changes are read by the row they are about; an index on every key would double the
# cost of a saved value.
PGHISTORY_FOREIGN_KEY_FIELD = pghistory.ForeignKey(db_index=False)

AUTH_USER_MODEL = "organisation.User"
LOGIN_URL = "sign-in"
LOGIN_REDIRECT_URL = "start"
LOGOUT_REDIRECT_URL = "sign-in"
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
# PBKDF2 stays readable: a password stored so is stored anew with Argon2 at its next sign-in.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]

# What the environment decides of signing in; README has the table of the variables.
_local = read_local_sign_in(env, debug=DEBUG)
LOCAL_ACCOUNTS: bool = _local.accounts
MFA_REQUIRED: bool = _local.mfa_required
SESSION_IDLE_SECONDS: int = _local.idle_seconds
SESSION_COOKIE_AGE = _local.max_seconds  # from the sign-in on, however much the session is used
ALLAUTH_TRUSTED_PROXY_COUNT = _local.trusted_proxies
_provider = read_identity_provider(env, debug=DEBUG)
OIDC_ISSUER = _provider.issuer
OIDC_CLIENT_ID = _provider.client_id
OIDC_CLIENT_SECRET = _provider.client_secret
OIDC_NAME = _provider.name
OIDC_SCOPES = _provider.scopes
OIDC_ACR_VALUES = _provider.acr_values
OIDC_ALGORITHMS = _provider.algorithms
OIDC_PERSON_CLAIM = _provider.person_claim
OIDC_PERSON_FIELD = _provider.person_field
OIDC_CREATE_PEOPLE = _provider.create_people
# Counts of failed sign-ins, and codes already used, must be the same in every process, survive a
# restart and not be a service of their own: a table, made by a migration.
CACHES: dict[str, dict[str, Any]] = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "samlad_cache",
        # Full means that the oldest keys go, counts too: so far above what the limits let in.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # What was worked out of small numbers, kept by what it follows from: never wrong, at worst
    # worked out again.
    "protection": {
        "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
        "LOCATION": VAR_DIR / "cache" / "protection",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    },
}
ACCOUNT_ADAPTER = "organisation.sign_in.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # nobody signs up; allauth checks the list
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_FORMS = {"reauthenticate": "organisation.sign_in.forms.ReauthenticateForm"}
# Failed passwords and codes: allauth gives back what a right one used. By address, where a whole
# office may share one, and by account. What goes to the identity provider is counted in all.
ACCOUNT_RATE_LIMITS = {
    "login_failed": "60/15m/ip,5/15m/key",
    "change_password": "5/15m/user",
    "to_provider": "300/15m/ip",
    "api_unknown": "30/15m/ip",  # keys to the API that are none
}
SOCIALACCOUNT_ADAPTER = "organisation.sign_in.adapters.IdentityAdapter"
SOCIALACCOUNT_STORE_TOKENS = False
MFA_ADAPTER = "organisation.sign_in.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
# A key that asks for no finger, face or PIN is one factor, not two.
MFA_WEBAUTHN_USER_VERIFICATION = "required"
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = DEBUG
MFA_TOTP_ISSUER = "Samlad"
MFA_RECOVERY_CODES_SHOW_ONCE = True
MFA_FORMS = {
    "authenticate": "organisation.sign_in.forms.CodeForm",
    "reauthenticate": "organisation.sign_in.forms.ReauthenticateCodeForm",
    "activate_totp": "organisation.sign_in.forms.ActivateAppForm",
    "add_webauthn": "organisation.sign_in.forms.AddPasskeyForm",
    "edit_webauthn": "organisation.sign_in.forms.RenamePasskeyForm",
    "login_webauthn": "organisation.sign_in.forms.PasskeySignInForm",
    "authenticate_webauthn": "organisation.sign_in.forms.PasskeyStepForm",
    "reauthenticate_webauthn": "organisation.sign_in.forms.PasskeyReauthenticateForm",
}

LANGUAGE_CODE = "sv"
TIME_ZONE = "Europe/Stockholm"
USE_I18N = True
USE_TZ = True
USE_THOUSAND_SEPARATOR = False  # grouping is done by our own number filter, with no-break spaces
FORMAT_MODULE_PATH = ["config.formats"]

STATIC_URL = "static/"
STATIC_ROOT = VAR_DIR / "static"
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    ("bootstrap", NODE_MODULES / "bootstrap" / "dist"),
    ("source-sans", NODE_MODULES / "source-sans" / "WOFF2" / "TTF"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
# Without a mail server everything stays in the outbox, where it can be read.
MAIL = read_mail(env)
MAIL_IS_SENT = bool(MAIL)
globals().update(MAIL)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env.str("MAIL_FROM", default="samlad@localhost")
DATA_UPLOAD_MAX_MEMORY_SIZE = 5 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000
FILE_UPLOAD_HANDLERS = [
    "trace.uploads.field.LimitedUploads",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF, NONCE],
        # The rich-text editor would write a style into the page; ours has it in editor.css.
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "desk.views.errors.csrf_failure"

if not DEBUG:
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME = "__Host-sessionid"
    CSRF_COOKIE_NAME = "__Host-csrftoken"
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_SSL_REDIRECT = read_flag(env, "SECURE_SSL_REDIRECT", default=True)
    if read_flag(env, "BEHIND_TLS_PROXY", default=False):
        SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"plain": {"()": "config.logs.PlainRequest"}},
    "formatters": {"line": {"()": "config.logs.LineFormatter", "with_messages": DEBUG}},
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "line",
            "filters": ["plain"],
        }
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Not Django's own handlers, which would mail what was sent with a request that failed.
        "django": {"handlers": [], "level": "INFO"},
        "django.request": {"level": "ERROR"},
    },
}
