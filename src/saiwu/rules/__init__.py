"""The notice as code. Pure: no Django, no database, no clock, no setting, no chance that is not handed in."""
