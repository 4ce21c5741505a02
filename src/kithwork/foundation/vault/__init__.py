"""Keys: one per client, wrapped by one kept outside the databases; destroying it erases every word."""
