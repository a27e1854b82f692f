"""The workspace: its schema, its files, its code lists."""
