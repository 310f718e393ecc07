"""From config files and command-line overrides to a checked study; the only package that imports Hydra."""
