"""Pure calculation: frames in, frames out. No file, no YAML, no printing."""
