"""The pages in the order of the navigation: file and address → title."""

PAGES = {
    "laget": "Läget",
    "oversiktsplaner": "Översiktsplaner",
    "detaljplaner": "Detaljplaner",
    "markanvisningar": "Markanvisningar",
    "testverksamhet": "Testverksamhet",
    "belagg": "Belägg",
    "data": "Data",
}
