"""Tests of what is shown: reports and pages."""
