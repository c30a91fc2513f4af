"""The register of certificates."""
