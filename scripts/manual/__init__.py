"""What makes the manual: its chapter of codes, its pictures, its PDF."""
