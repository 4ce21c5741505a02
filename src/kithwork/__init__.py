"""Kithwork: a workbook in which two people carry out Interpersonal Psychotherapy. The version and nothing else."""

__version__ = "0.1.0"
