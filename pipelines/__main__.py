"""``python -m pipelines`` is the command ``planinnovation``."""

from pipelines.cli import main

main()
