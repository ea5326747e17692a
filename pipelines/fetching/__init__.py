"""From web services to deliveries: each adapter writes what a person could have delivered.

``web`` asks politely, ``source`` says what is asked and on which terms, ``delivery`` checks rows
and puts them in place whole, ``refresh`` runs the adapters; every other module is an adapter.
Nothing else in the house imports this package, and nothing in it runs by itself.
"""
