"""Group IPT. Nothing is kept here yet, and the page says so."""
