"""Tests of the method, module by module."""
