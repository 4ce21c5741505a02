"""One effect a form: the same key twice has one effect and gets the same answer."""
