"""Where cases are brought to a supervisor. It opens no course yet, and says so."""
