"""Review: which passages people should code, the file they fill in, and what their codes say."""
