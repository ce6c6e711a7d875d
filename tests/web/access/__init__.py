"""The whole table endpoint → who may, one file per feature; a view that is not here fails the tests."""
