"""Streamlit's own English words and what stands in their place.

Streamlit 1.67 has no translations. Its script files hold the words as literals, so each entry
names the file (without its hash), the literal with enough around it to be sure, and what replaces
it. A test fails when a new version no longer holds one of them.
"""

from __future__ import annotations

from typing import NamedTuple


class Replacement(NamedTuple):
    """One literal in the script files whose name starts with ``chunk``."""

    chunk: str
    english: str
    swedish: str


def _literal(chunk: str, before: str, english: str, swedish: str) -> Replacement:
    return Replacement(chunk, f"{before}`{english}`", f"{before}`{swedish}`")


def _aria(chunk: str, english: str, swedish: str) -> Replacement:
    return _literal(chunk, '"aria-label":', english, swedish)


REPLACEMENTS: tuple[Replacement, ...] = (
    _literal("index", "children:", "Skip to main content", "Hoppa till innehållet"),
    _aria("index", "App pages", "Sidor"),
    _aria("index", "Main menu", "Meny"),
    _aria("index", "Theme", "Färgläge"),
    _aria("index", "Sidebar", "Sidopanel"),
    _aria("index", "Expand sidebar", "Visa sidorna"),
    _aria("index", "Collapse sidebar", "Dölj sidorna"),
    _aria("index", "Close", "Stäng"),
    _aria("index", "Notifications", "Meddelanden"),
    _aria("index", "Running...", "Arbetar"),
    _aria("index", "Navigate to home page", "Till startsidan"),
    _aria("index", "Scroll tabs left", "Flikar åt vänster"),
    _aria("index", "Scroll tabs right", "Flikar åt höger"),
    _literal("index", "title:e?`Stopping...`:", "Stop", "Avbryt"),
    Replacement("index", "title:e?`Stopping...`", "title:e?`Avbryter …`"),
    Replacement("index", "${i.flat().length} more`", "${i.flat().length} till`"),
    # Grouped pages put headings straight into a list, which screen readers then misread.
    Replacement("index", "f(`ul`,{target:`e1o1t1hb1`})", "f(`div`,{target:`e1o1t1hb1`})"),
    Replacement("index", "f(`li`,{target:`e1o1t1hb4`})", "f(`div`,{target:`e1o1t1hb4`})"),
    _literal("index", "label:", "Rerun", "Läs om"),
    _literal("index", "label:", "Print", "Skriv ut"),
    _literal("index", "label:", "System", "Som datorn"),
    _literal("index", "label:", "Light", "Ljust"),
    _literal("index", "label:", "Dark", "Mörkt"),
    _literal("index", "", "Record screen", "Spela in skärmen"),
    _literal("index", "", "Made with Streamlit v", "Byggt med Streamlit v"),
    _literal("index", "", "Please wait...", "Vänta …"),
    _literal("index", "", "Connection error", "Ingen kontakt med servern"),
    Replacement(
        "index",
        "`Streamlit server is not responding. Are you connected to the internet?`",
        "`Servern svarar inte. Kontrollera nätverket; sidan försöker igen av sig själv.`",
    ),
    Replacement(
        "index",
        "{message:`Is Streamlit still running? If you accidentally stopped Streamlit, "
        "just restart it in your terminal:`,codeBlock:`streamlit run yourscript.py`}",
        "{message:`Servern svarar inte. Är den avstängd, starta den igen: make run.`}",
    ),
    _literal("index", "message:", "Connection timed out.", "Servern svarade inte i tid."),
    Replacement(
        "index",
        "`Cannot connect to Streamlit (HTTP status: 403).",
        "`Servern tar inte emot anslutningen (HTTP 403).",
    ),
    _literal("index", "", "Bad message format", "Svaret gick inte att läsa"),
    _literal("index", "", "Page not found", "Sidan finns inte"),
    Replacement(
        "index",
        "`The page that you have requested does not seem to exist`",
        "`Sidan du söker finns inte`",
    ),
    Replacement("index", ". Running the app's main page.`", ". Startsidan visas i stället.`"),
    _literal("index", "=", "Connecting", "Ansluter"),
    _literal("index", "=", "Connecting to Streamlit server", "Ansluter till servern"),
    _literal("index", "=", "Unable to connect to Streamlit server", "Når inte servern"),
    _literal("index", "r=", "Logo", "Märke"),
    Replacement("index", "`View less`:`View ${x-m} more`", "`Visa färre`:`Visa ${x-m} till`"),
    _literal("Toolbar", "label:", "Fullscreen", "Helskärm"),
    _literal("Toolbar", "label:", "Close fullscreen", "Stäng helskärm"),
    Replacement("PlotlyChart", "`Close fullscreen`:`Fullscreen`", "`Stäng helskärm`:`Helskärm`"),
    # Beside the picture as PNG one as SVG: the tool of the library makes one format only.
    Replacement(
        "PlotlyChart",
        "click:()=>{l?p():f()}},...t.modeBarButtonsToAdd??[]]",
        "click:()=>{l?p():f()}},{name:`svg`,title:`Hämta bild (SVG)`,icon:{width:24,height:24,"
        "path:`M3 17h18v4H3zM10 3h4v6h4l-6 7-6-7h4z`},click:e=>{let o=e._context."
        "toImageButtonOptions,f=o.format;o.format=`svg`;e.querySelector(`.modebar-btn[data-title="
        '"Hämta bild (PNG)"]`)?.click();o.format=f}},...t.modeBarButtonsToAdd??[]]',
    ),
    _aria("Selectbox", "Open", "Öppna"),
    _aria("Selectbox", "Clear value", "Rensa"),
    _literal("Selectbox", "children:", "No results", "Inga träffar"),
    _aria("Multiselect", "Open", "Öppna"),
    _aria("Multiselect", "Clear all", "Rensa"),
    _aria("Multiselect", "Selected values", "Valda"),
    _literal("Multiselect", "label:", "Select all", "Välj alla"),
    _literal("Multiselect", "", "No results", "Inga träffar"),
    Replacement("Multiselect", "`Remove ${e}`", "`Ta bort ${e}`"),
    Replacement("Multiselect", "gth} matches`", "gth} träffar`"),
    _aria("Pagination", "Previous page", "Föregående sida"),
    _aria("Pagination", "Next page", "Nästa sida"),
    _aria("Pagination", "Pagination", "Sidnummer"),
    _aria("TextInput", "Clear entry", "Rensa"),
    Replacement("InputInstructions", "a?`submit form`:`apply`", "a?`skicka`:`söka`"),
    Replacement("InputInstructions", "`Press Enter to ${e}`", "`Tryck Enter för att ${e}`"),
    _literal("FileUploader", ":", "Upload", "Välj fil"),
    _literal("FileUploader", "", "Add files", "Lägg till filer"),
    _literal("FileUploader", "", "Drag and drop a file here", "Dra och släpp en fil här"),
    Replacement("FileUploader", "${T(t,D.Byte,0)} per file`", "Högst ${T(t,D.Byte,0)}`"),
    Replacement(  # the words of web/uploads.py, which refuses with these three
        "FileUploader",
        "errorMessage:P(e)",
        "errorMessage:[403,429,503].includes(e.response?.status)&&e.response.data||"
        "`Filen kunde inte skickas. Försök igen.`",
    ),
    Replacement(
        "FileUploader", "`${e.type} files are not allowed.`", "`Filtypen ${e.type} tas inte emot.`"
    ),
    Replacement(
        "utils",
        "`Cancel upload of ${e.name}`:`Remove ${e.name}`",
        "`Avbryt ${e.name}`:`Ta bort ${e.name}`",
    ),
    Replacement(
        "utils", "`File must be ${$(n,`b`)} or smaller.`", "`Filen får vara högst ${$(n,`b`)}.`"
    ),
    Replacement(
        "utils", "`${t.type} files are not allowed.`", "`Filtypen ${t.type} tas inte emot.`"
    ),
    Replacement("utils", "children:[`Error: `,h]", "children:[h]"),
    _literal("utils", "", "Choose an option", "Välj"),
    _literal("DateInput", "", "Choose date", "Välj datum"),
    # The parts that speak Swedish if they are told to; Streamlit tells them English.
    _literal("DateInput", "locale:", "en-US", "sv-SE"),
    _literal("Multiselect", "locale:", "en-US", "sv-SE"),
    _literal("Selectbox", "locale:", "en-US", "sv-SE"),
    _aria("ReorderedSegments", "Previous month", "Föregående månad"),
    _aria("ReorderedSegments", "Next month", "Nästa månad"),
    _literal("utils", "", "Choose options", "Välj"),
    _literal("utils", "", "No options to select", "Inget att välja"),
    _aria("StreamlitMarkdown", "Link to heading", "Länk till rubriken"),
    Replacement("StreamlitMarkdown", "?`Help`:`Help for ${t", "?`Hjälp`:`Hjälp om ${t"),
    _literal("useCopyToClipboard", "", "Copy to clipboard", "Kopiera"),
    _literal("useCopyToClipboard", "", "Copied", "Kopierat"),
)
"""Every replaced literal; one literal may stand in several files of the same name."""
