"""Fonds de participation des habitants: from a neighbour's project to the settled grant."""
