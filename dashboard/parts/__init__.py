"""What three pages or more share, and meetings too: cards, tables, quotations, filters, words."""
