"""Settings, addresses and the WSGI entry of one installation. One folder holds it: `SAIWU_DATA`."""
