"""Keys, encrypted fields, keyed digests, chance: how secrets are made and personal data kept. Nothing else touches them."""
