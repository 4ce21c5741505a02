"""Letters: drafted from what is shared, read by the client first, signed off, and then never changed."""
