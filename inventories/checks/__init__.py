"""Checks of a workspace's data before anything is computed, and of results a reviewer looks at."""
