"""The rules that coach."""
