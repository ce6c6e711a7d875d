"""How fast the house is: figures and ratios beside the aims. Nothing is asserted here; see ``README.md``."""
