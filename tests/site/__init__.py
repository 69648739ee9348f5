"""Tests of whole sites, from content files to pages."""
