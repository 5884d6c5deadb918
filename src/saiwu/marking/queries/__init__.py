"""What may be asked about marking: one module a noun, so that its doors find theirs. None says whose a code is."""
