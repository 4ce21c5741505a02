"""Django's SQLite, with less to do for each question: see ``base``."""
