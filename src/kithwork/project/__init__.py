"""Where it is put together: settings, addresses, navigation, command line, how a refusal becomes a page."""
