"""Maastricht's anonymous drug-nuisance line: intake, desk and the way back."""
