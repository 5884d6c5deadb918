"""The WSGI application that granian (or any other server) runs."""

import os

from django.core.wsgi import get_wsgi_application

from saiwu.conf.holding import hold_the_database

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "saiwu.conf.settings")
application = get_wsgi_application()
hold_the_database()
