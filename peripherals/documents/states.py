"""Codes of states, organisations and nationalities as travel documents write them. Pure.

ISO 3166-1 (alpha-3, with its alpha-2 code for certificates), and what ICAO Doc 9303-3 (8th edition, section 5) adds or
writes otherwise. A code that is in none of these lists is ``UNKNOWN``: new ones come up before any list has them, so
whoever reads a document says so and does not refuse it for that alone.
"""

from enum import StrEnum


class StateKind(StrEnum):
    #: A state or territory of ISO 3166-1, and ``D``, which Germany writes for DEU.
    STATE = "state"
    #: British nationals who are not British citizens (9303-3, section 5, part C).
    BRITISH = "british"
    #: An organisation that issues documents (9303-3, section 5, part D).
    ORGANISATION = "organisation"
    #: A person without a nationality, or one that is not told (9303-3, section 5, part E).
    WITHOUT_NATIONALITY = "without-nationality"
    #: Utopia, the state of specimens.
    SPECIMEN = "specimen"
    #: Stands on documents that are in use and in no list of ISO or ICAO: Kosovo.
    IN_USE = "in-use"
    #: Taken back by ISO; long-lived documents and places of birth still have it.
    FORMER = "former"
    UNKNOWN = "unknown"


#: ISO 3166-1: the three letters of alpha-3, then the two of alpha-2.
_ISO = (
    "ABWAW AFGAF AGOAO AIAAI ALAAX ALBAL ANDAD AREAE ARGAR ARMAM ASMAS ATAAQ ATFTF ATGAG AUSAU AUTAT AZEAZ BDIBI "
    "BELBE BENBJ BESBQ BFABF BGDBD BGRBG BHRBH BHSBS BIHBA BLMBL BLRBY BLZBZ BMUBM BOLBO BRABR BRBBB BRNBN BTNBT "
    "BVTBV BWABW CAFCF CANCA CCKCC CHECH CHLCL CHNCN CIVCI CMRCM CODCD COGCG COKCK COLCO COMKM CPVCV CRICR CUBCU "
    "CUWCW CXRCX CYMKY CYPCY CZECZ DEUDE DJIDJ DMADM DNKDK DOMDO DZADZ ECUEC EGYEG ERIER ESHEH ESPES ESTEE ETHET "
    "FINFI FJIFJ FLKFK FRAFR FROFO FSMFM GABGA GBRGB GEOGE GGYGG GHAGH GIBGI GINGN GLPGP GMBGM GNBGW GNQGQ GRCGR "
    "GRDGD GRLGL GTMGT GUFGF GUMGU GUYGY HKGHK HMDHM HNDHN HRVHR HTIHT HUNHU IDNID IMNIM INDIN IOTIO IRLIE IRNIR "
    "IRQIQ ISLIS ISRIL ITAIT JAMJM JEYJE JORJO JPNJP KAZKZ KENKE KGZKG KHMKH KIRKI KNAKN KORKR KWTKW LAOLA LBNLB "
    "LBRLR LBYLY LCALC LIELI LKALK LSOLS LTULT LUXLU LVALV MACMO MAFMF MARMA MCOMC MDAMD MDGMG MDVMV MEXMX MHLMH "
    "MKDMK MLIML MLTMT MMRMM MNEME MNGMN MNPMP MOZMZ MRTMR MSRMS MTQMQ MUSMU MWIMW MYSMY MYTYT NAMNA NCLNC NERNE "
    "NFKNF NGANG NICNI NIUNU NLDNL NORNO NPLNP NRUNR NZLNZ OMNOM PAKPK PANPA PCNPN PERPE PHLPH PLWPW PNGPG POLPL "
    "PRIPR PRKKP PRTPT PRYPY PSEPS PYFPF QATQA REURE ROURO RUSRU RWARW SAUSA SDNSD SENSN SGPSG SGSGS SHNSH SJMSJ "
    "SLBSB SLESL SLVSV SMRSM SOMSO SPMPM SRBRS SSDSS STPST SURSR SVKSK SVNSI SWESE SWZSZ SXMSX SYCSC SYRSY TCATC "
    "TCDTD TGOTG THATH TJKTJ TKLTK TKMTM TLSTL TONTO TTOTT TUNTN TURTR TUVTV TWNTW TZATZ UGAUG UKRUA UMIUM URYUY "
    "USAUS UZBUZ VATVA VCTVC VENVE VGBVG VIRVI VNMVN VUTVU WLFWF WSMWS YEMYE ZAFZA ZMBZM ZWEZW"
)


def _each[K](codes: str, meaning: K) -> dict[str, K]:
    return dict.fromkeys(codes.split(), meaning)


_KINDS = (
    dict.fromkeys((pair[:3] for pair in _ISO.split()), StateKind.STATE)
    | {"D": StateKind.STATE, "UTO": StateKind.SPECIMEN}
    | _each("GBD GBN GBO GBP GBS", StateKind.BRITISH)
    | _each("EUE UNO UNA UNK XBA XIM XCC XCE XCO XDC XEC XES XMP XOM XPO", StateKind.ORGANISATION)
    | _each("XXA XXB XXC XXX", StateKind.WITHOUT_NATIONALITY)
    | _each("RKS XKK XKX XXK", StateKind.IN_USE)
    | _each("ANT BUR CSK DDR NTZ SCG SUN TMP YMD YUG ZAR", StateKind.FORMER)
)

#: Two letters in the name of a certificate, and what the documents of their owner say. Whatever ISO has not was found
#: in the German master list of 2026, and Utopia's in Doc 9303-13.
_OF_CERTIFICATES = {pair[3:]: pair[:3] for pair in _ISO.split()} | {"EU": "EUE", "KS": "RKS", "UN": "UNO", "UT": "UTO"}
#: Codes that stand for the same issuer.
_SAME = {
    "D": "DEU",
    "XKK": "RKS",
    "XKX": "RKS",
    "XXK": "RKS",
    "UNA": "UNO",
} | _each("GBD GBN GBO GBP GBS", "GBR")


def kind(code: str) -> StateKind:
    """Say what a code stands for; ``code`` as in a machine-readable zone, without fillers."""
    return _KINDS.get(code, StateKind.UNKNOWN)


def may_issue(code: str) -> bool:
    """Whether a document can be issued by what the code stands for: nobody's passport is issued by XXA."""
    return kind(code) is not StateKind.WITHOUT_NATIONALITY


def issuer(code: str) -> str:
    """Give one code for all that one issuer uses, to compare by: ``D`` and ``DEU``, ``GBN`` and ``GBR``."""
    return _SAME.get(code, code)


def issuer_of_certificate(country: str) -> str:
    """Give the code, as ``issuer`` gives it, for the two letters of a certificate's name, "" where there is none.

    Some issuers write them in lower case.
    """
    return _OF_CERTIFICATES.get(country.upper(), "")
