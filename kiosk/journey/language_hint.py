"""Which language the holder of a document may read: a suggestion, never a decision.

A state is named here only where one language of the list is understood by nearly everybody or is the only
official one on offer. With two equal candidates (Afghanistan: Dari and Pashto) nothing is suggested, unless the
centre offers only one of them.
"""

from kiosk.journey.offer import CentreOffer

_ARABIC = "DZA BHR EGY IRQ JOR KWT LBN LBY MRT MAR OMN PSE QAT SAU SDN SYR TUN ARE YEM"
_SPANISH = "ARG BOL CHL COL CRI CUB DOM ECU SLV GTM HND MEX NIC PAN PRY PER ESP URY VEN GNQ"
_FRENCH = "FRA BEN BFA COG COD CIV GAB GIN MLI MCO NER SEN TGO CAF"
_PORTUGUESE = "PRT BRA AGO CPV GNB MOZ STP"
_ENGLISH = "GBR GBD GBN GBO GBP GBS USA AUS NZL IRL JAM TTO BRB GHA NGA LBR SLE GMB ZMB ZWE"

_CANDIDATES: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_ARABIC.split(), ("ar",)),
    **dict.fromkeys(_SPANISH.split(), ("es",)),
    **dict.fromkeys(_FRENCH.split(), ("fr",)),
    **dict.fromkeys(_PORTUGUESE.split(), ("pt",)),
    **dict.fromkeys(_ENGLISH.split(), ("en",)),
    "AFG": ("fa-AF", "ps"),
    "ETH": ("am", "ti", "so"),
    "ERI": ("ti", "ar"),
    "BGD": ("bn",),
    "NPL": ("ne",),
    "MMR": ("my",),
    "UKR": ("uk",),
    "TZA": ("sw",),
    "KEN": ("sw", "en"),
    "UGA": ("sw", "en"),
    "SOM": ("so",),
    "DJI": ("so", "fr", "ar"),
    "TCD": ("fr", "ar"),
}

#: Issuing states that documents write shorter than ISO 3166 does (ICAO 9303-3, section 5).
_SHORT = {"D": "DEU"}


def issuer(code: str) -> str:
    """DocumentTurn the issuing state of a machine readable zone into the id of a government."""
    return _SHORT.get(code, code)


def language(issuing: str, offer: CentreOffer) -> str:
    """Give the one offered language to suggest, or an empty string."""
    offered = [code for code in _CANDIDATES.get(issuing, ()) if offer.speaks(code)]
    return offered[0] if len(offered) == 1 else ""
