"""What questionnaires promise."""
