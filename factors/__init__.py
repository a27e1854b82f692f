"""Factor sets: one document and edition each, loaded, checked, found, resolved and compared."""
