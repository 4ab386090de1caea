"""Are tables sound: their form, their words, their parts; and are they true to their report."""
