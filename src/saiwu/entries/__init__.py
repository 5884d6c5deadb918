"""Pre-registration, registration, review, waivers, quota places: from a person's claim to the list of finalists."""
