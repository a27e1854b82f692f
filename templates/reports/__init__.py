"""Builders: one report a file, from Results to a document model."""
