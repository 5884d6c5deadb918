"""Accounts, scopes, appointments and units: who acts, over what. Staff's personal data stands here and nowhere else."""
