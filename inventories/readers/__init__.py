"""Readers: a file's cells with their addresses, and the layouts that turn them into tables."""
