"""The pages in the order of the navigation: file and address → title, and how they are grouped."""

PAGES = {
    "laget": "Läget",
    "mote": "Möte",
    "oversiktsplaner": "Översiktsplaner",
    "detaljplaner": "Detaljplaner",
    "markanvisningar": "Markanvisningar",
    "roda_traden": "Röda tråden",
    "tidsfonster": "Tidsfönster",
    "testverksamhet": "Testverksamhet",
    "upphandling": "Upphandling och SMF",
    "handlingsplanen": "Handlingsplanen",
    "kommun": "Kommun",
    "innovationsindex": "Innovationsindex",
    "belagg": "Belägg",
    "formuleringsbank": "Formuleringsbank",
    "metod": "Metod och kvalitet",
    "tank_om": "Tänk om",
    "data": "Data",
    "kontrollera": "Kontrollera fil",
}

GROUPS = {
    "": ("laget", "mote"),
    "Planer": ("oversiktsplaner", "detaljplaner", "markanvisningar", "roda_traden", "tidsfonster"),
    "Test och upphandling": ("testverksamhet", "upphandling"),
    "Uppföljning": ("handlingsplanen", "kommun", "innovationsindex"),
    "Belägg": ("belagg", "formuleringsbank"),
    "Om": ("metod", "tank_om", "data", "kontrollera"),
}
"""Menus of the top navigation: heading → pages; those under no heading stand by themselves."""

HIDDEN = {"bild": "Mötesbild"}
"""Pages that are reached from another page and stand in no menu: file and address → title."""
