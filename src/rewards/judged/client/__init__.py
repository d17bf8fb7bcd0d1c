"""The client of an OpenAI-compatible endpoint: calls, failures, costs, and verdicts that are kept."""
