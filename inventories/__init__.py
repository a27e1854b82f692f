"""From a folder on disk to Results: workspaces, readers, checks, standards, plans, examples."""
