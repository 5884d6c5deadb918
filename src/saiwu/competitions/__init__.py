"""Competition, event, division, moments, change requests, decisions: what a published notice sets up."""
