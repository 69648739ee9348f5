"""What pages do in a real browser, whoever wrote their words."""
