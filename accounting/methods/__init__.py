"""What is not one product: one method a file, each a specification and a function."""
