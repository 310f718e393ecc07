"""A folder for each question; none of them is imported before its verb is used."""
