"""What must not happen to what was typed: each fault tried many times, counted, and tried on an unsafe variant as well."""
