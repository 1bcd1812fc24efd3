"""Settings, one file for every place: what differs comes from the environment.

Three modes, by ``MODE``: ``production`` (the default: refuses to start when something that
keeps people safe is missing), ``demo`` (``make run``: one machine; with the demo's people when
only this machine can reach it) and ``test``. The variables are listed in docs/running.md.
"""

import re
from pathlib import Path
from urllib.parse import urlsplit

import environ
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

MODE = env("MODE", default="production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"MODE is {MODE!r}; set it to production, demo or test.")
PRODUCTION = MODE == "production"
DEMO = MODE == "demo"
DEBUG = False

VAR_DIR = Path(env("VAR_DIR", default=str(BASE_DIR / "var")))


def required(name: str, advice: str) -> str:
    """Return the variable ``name``; in production stop with ``advice`` when it is missing."""
    value: str = env(name, default="")
    if PRODUCTION and not value:
        raise ImproperlyConfigured(f"{name} is not set. {advice}")
    return value


def checked_site_url(text: str) -> str:
    """Return ``text`` when it is scheme and host, such as https://planner.example.org."""
    advice = "Give it http:// or https:// and a host, such as https://planner.example.org."
    try:
        parts = urlsplit(text)
        has_host = bool(parts.hostname) and parts.port != 0
    except ValueError:
        raise ImproperlyConfigured(f"SITE_URL is not an address. {advice}") from None
    if parts.scheme not in {"http", "https"} or not has_host or re.search(r"[\s\\<>\"]", text):
        raise ImproperlyConfigured(f"SITE_URL is not an address. {advice}")
    if "@" in parts.netloc or parts.path not in {"", "/"} or "?" in text or "#" in text:
        raise ImproperlyConfigured(f"SITE_URL holds more than scheme and host. {advice}")
    return f"{parts.scheme}://{parts.netloc}"


SECRET_KEY = required(
    "SECRET_KEY", "Give it 50 or more random characters, the same for web and workers."
)
if PRODUCTION and len(SECRET_KEY) < 50:
    raise ImproperlyConfigured("SECRET_KEY is too short. Give it 50 or more random characters.")
if DEMO and not SECRET_KEY:  # make run makes one
    raise ImproperlyConfigured("SECRET_KEY is not set. Give it 50 or more random characters.")
if not SECRET_KEY:
    SECRET_KEY = "only-for-tests-" + "x" * 50
required("ALLOWED_HOSTS", "Name the hosts that people type, separated by commas.")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["127.0.0.1", "localhost", "[::1]", "testserver"])
if PRODUCTION and "*" in ALLOWED_HOSTS:
    raise ImproperlyConfigured("ALLOWED_HOSTS holds *. Name the hosts that people type.")
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

# Demo people are signed in without a password, and exist only where nobody but this machine can
# reach them; a database that holds them is served nowhere else.
HOST = env("HOST", default="127.0.0.1")
DEMO_SIGN_INS = DEMO and HOST in {"127.0.0.1", "localhost", "::1"}
REFUSE_DEMO_PEOPLE = MODE != "test" and not DEMO_SIGN_INS

# --- what the product is made of: the ladder of docs/architecture, lowest first ---------------
LOCAL_APPS = [
    "core",
    "accounts",
    "workspaces",
    "activity",
    "notifications",
    "members",
    "networks",
    "policies",
    "strategies",
    "content_calendar",
    "measurement",
    "reminders",
    "today",
    "operations",
    "demo",
]
INSTALLED_APPS = [
    "core.support_app.SupportConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "template_partials",
    "crispy_forms",
    "crispy_bootstrap5",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    *LOCAL_APPS,
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "core.middleware.BadInputMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.SignInMiddleware",
    "accounts.middleware.OwnLanguageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "core.middleware.PrivatePagesMiddleware",
]
if env.bool("SERVER_TIMING", default=False):  # for `make bench`
    MIDDLEWARE.insert(0, "core.middleware.ServerTimingMiddleware")

ROOT_URLCONF = "strategy_planner.urls"
WSGI_APPLICATION = "strategy_planner.wsgi.application"
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
                "notifications.context_processors.bell",
            ],
        },
    },
]
FORM_RENDERER = "django.forms.renderers.Jinja2"  # widgets, several times as fast
CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

# --- database: PostgreSQL through psycopg2, or SQLite on one machine ----------------------------
required("DATABASE_URL", "Give it postgres://user:password@host:5432/name.")
DATABASES = {"default": env.db("DATABASE_URL", default=f"sqlite:///{VAR_DIR / 'planner.sqlite3'}")}
DATABASES["default"]["CONN_MAX_AGE"] = 60
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
if "sqlite" in DATABASES["default"]["ENGINE"]:
    if PRODUCTION and not env.bool("ALLOW_SQLITE", default=False):
        raise ImproperlyConfigured(
            "DATABASE_URL names SQLite. Use PostgreSQL, or set ALLOW_SQLITE=true "
            "when one machine is all there will be."
        )
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA mmap_size=134217728; "
            "PRAGMA cache_size=-20000; PRAGMA temp_store=MEMORY; "
            "PRAGMA journal_size_limit=67108864;"
        ),
    }
    if MODE == "test":  # a file: an in-memory database would hide every lock
        DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# Only what the limits on signing in count; in the database, so that emptying Redis lifts none.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "accounts_limit_count",
        # More than this and Django removes live counts as well.
        "OPTIONS": {"MAX_ENTRIES": 50_000},
    }
}

# --- Redis: the broker ------------------------------------------------------------------------
REDIS_URL = required("REDIS_URL", "Give it redis://host:6379/0.") or "redis://127.0.0.1:6379/0"
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # for ever: a worker outlives any outage of the broker
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 600,  # longer than any task may run
    "unacked_restore_interval": 5,
    "unacked_restore_throttle": 1,
    "socket_connect_timeout": 2,
}
CELERY_TASK_TIME_LIMIT = 300
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 5
CELERY_WORKER_HIJACK_ROOT_LOGGER = False  # LOGGING below holds for it too
CELERY_TASK_IGNORE_RESULT = True
CELERY_BEAT_SYNC_EVERY = 1
CELERY_ACCEPT_CONTENT = ["json"]
CELERY_TASK_SERIALIZER = "json"
CELERY_TIMEZONE = "UTC"
CELERY_BEAT_SCHEDULE = {
    "fire the reminders that are due": {
        "task": "reminders.tick",
        "schedule": 5.0,
        "options": {"expires": 10},
    },
    "deliver what is due": {
        "task": "notifications.tick",
        "schedule": 5.0,
        "options": {"expires": 10},  # ticks do not pile up behind a long one
    },
    "clear lists of accesses that nobody took over": {
        "task": "networks.clear_uploads",
        "schedule": 3600.0,
        "options": {"expires": 600},
    },
}
# Without a broker at hand (tests) a wake-up is dropped: the rows stay the truth.
WAKE_BY_BROKER = MODE != "test" or bool(env("REDIS_URL", default=""))

# --- people -----------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
# The address is unique whatever its case, by a constraint over lower(email) that the check cannot see.
SILENCED_SYSTEM_CHECKS = ["auth.W004"]
AUTHENTICATION_BACKENDS = ["accounts.backends.ConfirmedBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "accounts.passwords.LongEnough", "OPTIONS": {"min_length": 12}},
    {"NAME": "accounts.passwords.NotCommon"},
    {"NAME": "accounts.passwords.NotOneself"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "accounts.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_SIGNUP_FORM_CLASS = "accounts.forms.NameForm"
ACCOUNT_FORMS = {
    "login": "accounts.forms_sign_in.SignInForm",
    "signup": "accounts.forms_sign_in.SignUpForm",
    "add_email": "accounts.forms_sign_in.AddEmailForm",
    "change_password": "accounts.forms_sign_in.ChangePasswordForm",
    "set_password": "accounts.forms_sign_in.SetPasswordForm",
    "reset_password": "accounts.forms_sign_in.ResetPasswordForm",
    "reset_password_from_key": "accounts.forms_sign_in.NewPasswordForm",
    "reauthenticate": "accounts.forms_sign_in.IsItYouForm",
}
# An address that is not confirmed gives no right (docs/adr/0016).
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True  # in the browser that signed up
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_LOGOUT_REDIRECT_URL = "account_login"
ACCOUNT_SESSION_REMEMBER = None
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_RATE_LIMITS = {
    # Wrong passwords: by the visitor's address; by that and the account together; by the account.
    # One visitor reaches 60 an hour on one account, which does not use up the account's own limit.
    "login_failed": "20/5m/ip",
    "login_failed_here": "5/5m/key",
    "login_failed_account": "100/1h/key",
    # What is read by a link, without an account: pages, and files, which take work to write.
    "shared_page": "120/5m/ip",
    "shared_file": "20/5m/ip",
}
# Rate limits count by address: behind proxies the one that the outermost of ours saw.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)
# Anyone may sign up, or only people with an invitation; without being told, only on loopback.
OPEN_SIGN_UP = env.bool("OPEN_SIGN_UP", default=DEMO_SIGN_INS)
# What one person may do in 24 hours.
INVITATIONS_A_DAY = env.int("INVITATIONS_A_DAY", default=50)
WORKSPACES_A_DAY = env.int("WORKSPACES_A_DAY", default=5)
SHARE_LINKS_A_DAY = env.int("SHARE_LINKS_A_DAY", default=50)

# --- mail -------------------------------------------------------------------------------------
DEFAULT_FROM_EMAIL = env("DEFAULT_FROM_EMAIL", default="Strategy Planner <planner@localhost>")
SERVER_EMAIL = DEFAULT_FROM_EMAIL
EMAIL_TIMEOUT = 20
if env("EMAIL_URL", default=""):
    vars().update(env.email_url("EMAIL_URL"))
elif DEMO:
    EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    EMAIL_FILE_PATH = VAR_DIR / "mail"
elif PRODUCTION:
    required("EMAIL_URL", "Give it smtp://user:password@host:587 (smtp+tls:// for TLS).")
# Links in emails begin with it, never with what a request says of itself; without a last slash.
SITE_URL = checked_site_url(
    required("SITE_URL", "Give it https://planner.example.org.")
    or f"http://{f'[{HOST}]' if ':' in HOST else HOST}:{env('PORT', default='8000')}"
)

# --- other hosts ------------------------------------------------------------------------------
# Host names and networks that webhooks may reach although they are not on the public Internet, by
# http and on any port too: "chat.intern.example,10.1.2.0/24".
OUTGOING_ALLOWED = env.list("OUTGOING_ALLOWED", default=[])

# --- words, time ------------------------------------------------------------------------------
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"

# --- files ------------------------------------------------------------------------------------
STATIC_URL = "static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATIC_ROOT = VAR_DIR / "static"
FILE_UPLOAD_PERMISSIONS = None  # the umask decides; make run sets one that keeps others out
WHITENOISE_KEEP_ONLY_HASHED_FILES = True
# Images and videos of posts. MEDIA_STORAGE names another storage, such as one that speaks S3, and
# MEDIA_STORAGE_OPTIONS its options as JSON. They are only ever served by our own views.
MEDIA_ROOT = VAR_DIR / "media"
MEDIA_STORAGE = env("MEDIA_STORAGE", default="django.core.files.storage.FileSystemStorage")
# Megabytes of one video; the web server reads it too (strategy_planner/web_worker.py).
LONGEST_VIDEO_MB = env.int("LONGEST_VIDEO_MB", default=25)
STORAGES = {
    "default": {
        "BACKEND": MEDIA_STORAGE,
        "OPTIONS": env.json("MEDIA_STORAGE_OPTIONS", default={}),
    },
    "staticfiles": {
        "BACKEND": (
            "django.contrib.staticfiles.storage.StaticFilesStorage"
            if MODE == "test"
            else "whitenoise.storage.CompressedManifestStaticFilesStorage"
        )
    },
}
WHITENOISE_USE_FINDERS = MODE == "test"

# --- safety -----------------------------------------------------------------------------------
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        "manifest-src": [SELF],
    }
}
X_FRAME_OPTIONS = "DENY"
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
CSRF_FAILURE_VIEW = "core.views.csrf_failure"
SESSION_COOKIE_HTTPONLY = True
CSRF_COOKIE_HTTPONLY = False
SESSION_ENGINE = "django.contrib.sessions.backends.db"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_621_440
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
if PRODUCTION:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
    SECURE_REDIRECT_EXEMPT = [r"^healthz/"]  # what watches the machine asks over plain http
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "core.log_lines.LineFormatter"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO"},  # no second way out, such as emails
        "httpcore": {"level": "WARNING"},  # it would tell whole addresses, which may be secrets
        # Each step of each document, and letters of it that no font of the system has.
        "weasyprint": {"level": "ERROR"},
        "weasyprint.progress": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
