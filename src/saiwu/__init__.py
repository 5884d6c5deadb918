"""Saiwu 赛务: runs a vocational skills competition end to end. `docs/map.md` is the map of the house."""
