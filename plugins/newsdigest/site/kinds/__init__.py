"""What each kind of page shows: records in, frozen views out, every word and order decided here."""
