"""The whole table endpoint → who may, one file per feature. A view that is not here fails the tests, and the reverse."""
