"""Person: the personal data of one competition. Everywhere else a person is a key."""
