"""okrsite: a company's OKRs, committed as Markdown, compiled into one browsable site."""

__version__ = "0.1.0"
