"""The table of the booth: every document, and the states that they are made up for."""

from peripherals.documents.passport.pki import UTOPIA, State
from tests.journeys.booth import with_chip, with_seal, without_chip
from tests.journeys.booth.row import Row

TABLE: tuple[Row, ...] = (*with_chip.ROWS, *without_chip.ROWS, *with_seal.ROWS)
#: The two letters of certificates, the code in the zone (ICAO Doc 9303-3, section 5).
_CODES = {
    "Afghanistan": "AF AFG",
    "Australia": "AU AUS",
    "Austria": "AT AUT",
    "Belgium": "BE BEL",
    "Canada": "CA CAN",
    "China": "CN CHN",
    "Ethiopia": "ET ETH",
    "France": "FR FRA",
    "Germany": "DE D",
    "Greece": "GR GRC",
    "India": "IN IND",
    "Iraq": "IQ IRQ",
    "Italy": "IT ITA",
    "Kenya": "KE KEN",
    "Lebanon": "LB LBN",
    "Mexico": "MX MEX",
    "Norway": "NO NOR",
    "Peru": "PE PER",
    "Philippines": "PH PHL",
    "Portugal": "PT PRT",
    "Romania": "RO ROU",
    "Russia": "RU RUS",
    "Spain": "ES ESP",
    "Sudan": "SD SDN",
    "Sweden": "SE SWE",
    "Switzerland": "CH CHE",
    "Ukraine": "UA UKR",
    "United States": "US USA",
    "Viet Nam": "VN VNM",
}
STATES = {"Utopia": UTOPIA} | {name: State(codes[:2], codes[3:], name) for name, codes in _CODES.items()}
