"""The tests of okrsite."""
