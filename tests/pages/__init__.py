"""Tests of which pages exist and what they say."""
