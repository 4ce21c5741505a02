"""The ending's pages: looking back, closing and what comes after, and the keepsake."""
