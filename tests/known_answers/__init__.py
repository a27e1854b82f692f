"""Known answers: cases computed through the package's own code and compared with what their sources print."""
