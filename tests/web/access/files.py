"""Who may use the pages of files."""

DOORS = {
    "files.show": "can_see_file",
}
