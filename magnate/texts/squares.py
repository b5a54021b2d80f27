"""The city: the name of each square of the standard board, and of each group's district."""

from textwrap import wrap
from typing import Final

from magnate.engine.board import BRIDGES, SERVERS
from magnate.texts import Words, in_language

DISTRICTS: Final[dict[int, Words]] = {
    1: ("The Quays", "Los Muelles"),
    2: ("Market Side", "El Mercado"),
    3: ("Craft Lanes", "Los Oficios"),
    4: ("Music Quarter", "Barrio de la Música"),
    5: ("The Gardens", "Los Jardines"),
    6: ("The Academy", "La Academia"),
    7: ("Counting House", "La Casa de Cuentas"),
    8: ("The Heights", "Los Altos"),
    9: ("The Courtyards", "Los Patios"),
    10: ("Canal Bank", "La Ribera"),
    11: ("The Arcades", "Las Galerías"),
    12: ("Star Gate", "Puerta de las Estrellas"),
    SERVERS: ("Servers", "Servidores"),
    BRIDGES: ("Bridges", "Puentes"),
}
"""By group of the board."""

_FANTASY: Final[Words] = ("Fantasy", "Fantasía")

SQUARES: Final[dict[int, Words]] = {
    0: ("Exit", "Salida"),
    1: ("Net Menders' Row", "Calle de los Rederos"),
    2: _FANTASY,
    3: ("Salt Barrel Lane", "Callejón del Barril"),
    4: _FANTASY,
    5: ("Dawn Server", "Servidor del Alba"),
    6: ("Onion Steps", "Escalera de la Cebolla"),
    7: _FANTASY,
    8: ("Pigeon Market", "Mercado de las Palomas"),
    9: ("Copper Kettle Square", "Plaza del Caldero"),
    10: ("Harbour Stop", "Parada del Puerto"),
    11: ("Bookbinders' Alley", "Pasaje del Encuadernador"),
    12: _FANTASY,
    13: ("Clockmakers' Walk", "Paseo de los Relojeros"),
    14: ("Glassblowers' Yard", "Patio de los Vidrieros"),
    15: ("Heron Bridge", "Puente de la Garza"),
    16: ("Accordion Street", "Calle del Acordeón"),
    17: _FANTASY,
    18: ("Broken Drum Corner", "Esquina del Tambor Roto"),
    19: ("Old Opera Stairs", "Escalinata de la Ópera"),
    20: ("Go to Jail", "A la cárcel"),
    21: ("Lemon Tree Avenue", "Avenida del Limonero"),
    22: _FANTASY,
    23: ("Beekeepers' Garden", "Jardín del Apicultor"),
    24: ("Fountain of the Frogs", "Fuente de las Ranas"),
    25: ("Dusk Server", "Servidor del Ocaso"),
    26: ("Inkwell Street", "Calle del Tintero"),
    27: ("Telescope Hill", "Cerro del Telescopio"),
    28: _FANTASY,
    29: ("Atlas Library", "Biblioteca del Atlas"),
    30: ("Hilltop Stop", "Parada del Cerro"),
    31: ("Mint Passage", "Pasaje de la Ceca"),
    32: ("Ledger Street", "Calle del Libro Mayor"),
    33: _FANTASY,
    34: ("Golden Scales", "La Balanza Dorada"),
    35: ("Otter Bridge", "Puente de la Nutria"),
    36: _FANTASY,
    37: ("Weathervane Heights", "Altos de la Veleta"),
    38: _FANTASY,
    39: ("Lantern Palace", "Palacio de los Faroles"),
    100: ("Orchard Stop", "Parada del Huerto"),
    101: ("Washing Line Court", "Patio de los Tendederos"),
    102: _FANTASY,
    103: ("Half Moon Bakery", "Horno de la Media Luna"),
    104: ("Jail, Just Visiting", "Cárcel, de visita"),
    105: ("Canal of Whispers", "Canal de los Susurros"),
    106: ("Ropemakers' Wharf", "Muelle de los Sogueros"),
    107: ("Theatre Stop", "Parada del Teatro"),
    108: ("Cinema Mirage", "Cine Espejismo"),
    109: _FANTASY,
    110: ("Marble Arcade", "Galería de Mármol"),
    111: ("Car Park", "Aparcamiento"),
    112: ("Astronomers' Gate", "Puerta del Astrónomo"),
    113: ("The Glass Tower", "La Torre de Cristal"),
    201: ("Jail", "Cárcel"),
}
"""By square id."""


SHORT_NAMES: Final[dict[int, Words]] = {
    1: ("Nets", "Redes"),
    3: ("Salt", "Barril"),
    5: ("Dawn", "Alba"),
    6: ("Onion", "Cebol."),
    8: ("Pigeon", "Paloma"),
    9: ("Kettle", "Calde."),
    10: ("Harbour", "Puerto"),
    11: ("Books", "Encua."),
    13: ("Clocks", "Reloj"),
    14: ("Glass", "Vidrio"),
    16: ("Accor.", "Acord."),
    18: ("Drum", "Tambor"),
    19: ("Opera", "Ópera"),
    21: ("Lemon", "Limón"),
    23: ("Bees", "Abejas"),
    24: ("Frogs", "Ranas"),
    25: ("Dusk", "Ocaso"),
    26: ("Ink", "Tinta"),
    27: ("Scope", "Teles."),
    29: ("Atlas", "Atlas"),
    30: ("Hilltop", "Cerro"),
    31: ("Mint", "Ceca"),
    32: ("Ledger", "Libro"),
    34: ("Scales", "Dorada"),
    37: ("Vane", "Veleta"),
    39: ("Palace", "Farol"),
    100: ("Orchard", "Huerto"),
    101: ("Court", "Patio"),
    103: ("Bakery", "Luna"),
    105: ("Canal", "Canal"),
    106: ("Ropes", "Sogas"),
    107: ("Theatre", "Teatro"),
    108: ("Cinema", "Cine"),
    110: ("Marble", "Mármol"),
    112: ("Stars", "Astros"),
    113: ("Tower", "Torre"),
}
"""What a square is called where there is room for one word: six characters, seven for servers and trams."""

_SYLLABLES: Final = {
    word.replace("-", ""): word
    for word in (
        "Aparca-miento",
        "Astro-nomers'",
        "Bee-keepers'",
        "Book-binders'",
        "Clock-makers'",
        "Encuader-nador",
        "Glass-blowers'",
        "Rope-makers'",
        "Weather-vane",
    )
}
"""Where the words break that are too long for a narrow line."""


def square_name(square: int, lang: str = "en") -> str:
    """Return the name of a square in `lang`; a square of some other board is called by its number."""
    return in_language(SQUARES.get(square, (f"Square {square}", f"Casilla {square}")), lang)


def short_name(square: int, lang: str = "en") -> str:
    """Return one word for a square in `lang`, or nothing for one that needs no name."""
    return in_language(SHORT_NAMES[square], lang) if square in SHORT_NAMES else ""


def name_lines(square: int, width: int, lang: str = "en") -> list[str] | None:
    """Return the name of a square in lines of at most `width` characters; long words break between syllables.

    Where a word of it is too long even so, there is no such name, and the answer is None.
    """
    name = square_name(square, lang)
    words = " ".join(_SYLLABLES.get(word, word) if len(word) > width else word for word in name.split())
    lines = wrap(words, width, break_long_words=False)
    return None if any(len(line) > width for line in lines) else lines
