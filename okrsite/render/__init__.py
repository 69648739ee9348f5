"""Views and templates to bytes."""
