"""*Att kontrollera*: what is stale, not collected or not understood, to be worked off."""
