"""OKRs as values: pure functions from text to a linked, checked and computed company. No files, no clock, no pages."""
