"""Django settings, safe by default; what may change comes from `environment`. Reading them writes nothing."""

from functools import partial
from pathlib import Path

from csp.constants import NONE, SELF
from django.utils.functional import SimpleLazyObject

from allervers.config import environment, logs
from allervers.config.database import database
from allervers.ui.languages import SPOKEN

PACKAGE = Path(__file__).resolve().parent.parent
DATA = environment.data_folder()

SECRET_KEY = SimpleLazyObject(partial(environment.secret_key, DATA))  # made when first needed
DEBUG = environment.switched_on("ALLERVERS_DEBUG")
ALLOWED_HOSTS = environment.listed("ALLERVERS_HOSTS", "localhost,127.0.0.1,[::1]")
TRUSTED_PROXIES = environment.networks("ALLERVERS_PROXIES")

ROOT_URLCONF = "allervers.config.urls"
WSGI_APPLICATION = "allervers.config.wsgi.application"

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.sitemaps",
    "django.contrib.staticfiles",
    "allervers.ui",
    "allervers.journal",
    "allervers.jobs",
    "allervers.accounts",  # before allauth: its templates come first
    "allervers.territory",
    "allervers.directory",
    "allervers.website",
    "allervers.api",
    "csp",
    "django_htmx",
    "allauth",
    "allauth.account",
    "django_tasks",
    "django_tasks_db",
]

MIDDLEWARE = [
    "allervers.config.headers.EveryAnswer",
    "allervers.config.request_log.RequestLog",
    "allervers.config.proxies.TrustedProxies",
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allervers.config.entrance.Entrance",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "allervers.config.crossing.SameSitePosts",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allervers.accounts.middleware.ActorMiddleware",
]

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "allervers.website.context.frame",
            ],
        },
    }
]

DATABASES = {"default": database(DATA)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INDEX_FOLDER = DATA / "index"
RETIRE_AFTER_DAYS = environment.whole_number("ALLERVERS_RETIRE_AFTER_DAYS", 14)
GROUND_FOLDER = DATA / "ground"
TILES_FOLDER = DATA / "tiles"

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}  # run by allervers.jobs

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["allervers.accounts.backends.SignIn"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}", "OPTIONS": options}
    for name, options in {
        "MinimumLengthValidator": {"min_length": 12},
        "CommonPasswordValidator": {},
        "NumericPasswordValidator": {},
        "UserAttributeSimilarityValidator": {"user_attributes": ("email",)},
    }.items()
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"  # accounts are made by hand, by who knows the person
ACCOUNT_RATE_LIMITS = False  # ours count in the database, once for all workers: accounts.actions.attempts
ACCOUNT_SESSION_REMEMBER = False  # the cookie ends with the browser: counters are shared
ACCOUNT_USER_DISPLAY = "allervers.accounts.models.displayed"

SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"  # both cookies become secure behind TLS: config.headers
CSRF_FAILURE_VIEW = "allervers.config.refusals.from_another_site"
DATA_UPLOAD_MAX_MEMORY_SIZE = 1_048_576  # bytes of one request; the longest form is a few thousand
UPLOAD_PATHS = frozenset({"/bureau/depot"})  # where an operator, and nobody else, may send more
UPLOAD_MAX_BYTES = 268_435_456
APPEND_SLASH = False

LANGUAGE_CODE = "fr"
LANGUAGES = [
    (code, language.name) for code, language in SPOKEN.items()
]  # each is the first part of its addresses
LOCALE_PATHS = [PACKAGE / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Paris"

STATIC_URL = "/static/"
STATIC_ROOT = DATA / "static"
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {"staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}}

SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "object-src": [NONE],
    }
}

LOGGING_CONFIG = "allervers.config.logs.configure"
LOGGING = logs.configuration(for_people=logs.for_people())
