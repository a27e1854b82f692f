"""Reports as data, and the renderers that print them as html, docx and xlsx."""
