"""The fictional region's documents, made from Markdown texts as PDF, DOCX, HTML and text."""

from pipelines.example.build import build_documents

__all__ = ["build_documents"]
