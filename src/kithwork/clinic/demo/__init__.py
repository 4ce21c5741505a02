"""A made-up clinic, built only through the rooms' own actions."""
