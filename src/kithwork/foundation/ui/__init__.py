"""The look: tokens, components, form rendering and the pages that everything else stands in."""
