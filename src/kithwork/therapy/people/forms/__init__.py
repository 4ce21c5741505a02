"""What may be said of people. Only a name is needed, and any name will do."""
