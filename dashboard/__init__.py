"""The dashboard: reads the current edition and shows it; imports nothing that builds one."""
