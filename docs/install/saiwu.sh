#!/bin/sh
# /usr/local/bin/saiwu: the command, as the user and with the settings of the service. Run by root.
set -a
. /etc/saiwu.env
set +a
cd /var/lib/saiwu && exec runuser -u saiwu -- /opt/saiwu/.venv/bin/saiwu "$@"
