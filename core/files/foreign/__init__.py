"""Networks of other programs: one small file for each form, one builder for all."""
