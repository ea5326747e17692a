"""Why something differs between two editions; the codes are those of the code list CAUSE."""

NEW, REVISED, CODEBOOK, CORRECTIONS, REGISTERS = (
    "new_documents",
    "revised_documents",
    "codebook",
    "corrections",
    "registers",
)
