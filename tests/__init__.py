"""Every test of the project."""

import os

# The processes of a run share the cores already. Libraries that each start a thread for every core
# then wait for one another, spinning; they read this when they are first imported.
for _name in ("POLARS_MAX_THREADS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
