"""What services gather and exports draw: frozen values that know neither database nor paper."""
