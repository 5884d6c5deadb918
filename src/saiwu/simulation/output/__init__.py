"""What a played competition leaves: documents made of its rows, and the summary. Values come from the rooms' own makers."""
