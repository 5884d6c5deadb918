"""Tests: pure rules, behaviour through the real database, whole journeys in a real browser."""
