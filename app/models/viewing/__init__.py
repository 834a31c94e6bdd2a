"""Data that may only be looked at: a copy of them elsewhere, and a store that refuses every edit."""
