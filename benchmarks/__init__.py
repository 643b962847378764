"""Ratios against peers, measured in one run; each figure ends as one JSON line."""
