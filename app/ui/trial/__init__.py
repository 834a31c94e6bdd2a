"""The program tries itself, for packages: what a build forgot shows only when it is used."""
