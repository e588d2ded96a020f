"""The web side as one WSGI callable, which granian's workers import."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "allervers.config.settings")
application = get_wsgi_application()
