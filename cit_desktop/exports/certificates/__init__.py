"""How certificates are composed and drawn, template by template."""
