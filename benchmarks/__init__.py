"""Speed, measured as ratios of two ways in one run; machines are noisy."""
