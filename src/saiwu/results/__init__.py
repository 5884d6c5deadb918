"""Unsealing, results, awards, certificates, public notice, unit awards, bulletin."""
