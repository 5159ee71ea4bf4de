"""Help and errors of commands in the language of whoever reads them."""
