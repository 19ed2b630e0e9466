"""Provinces: codes, names, splits and merges over time: `Regions`."""
