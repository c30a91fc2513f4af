"""The parts pages are made of; none of them knows the database."""
