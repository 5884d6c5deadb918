"""Check-in, draw, stations, blind codes: who is there, where he sits, and under which code he is marked."""
