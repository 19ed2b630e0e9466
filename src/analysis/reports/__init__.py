"""Run a notebook, render it, assemble the site; and what each report computes and says."""
