"""A large table read in pieces by the workers of a Dask cluster."""
