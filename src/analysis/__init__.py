"""Measure how evenly civil servants (ASN) are spread, and report it."""
