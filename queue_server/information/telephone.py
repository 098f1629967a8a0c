"""Telephone numbers that people are to dial. What is typed is hostile until checked. Pure."""

from queue_server.information.errors import InformationTelephoneError


def read_telephone(typed: str, contact: int) -> str:
    """Read a number with the code of its country, and give it as ITU-T E.164 has it.

    Raises:
        InformationTelephoneError: nobody can dial it from everywhere; ``contact`` says which one, from 1.
    """
    # It knows the numbers of every country, which takes 13 ms to load: a server starts without.
    from phonenumbers import (  # noqa: PLC0415
        NumberParseException,
        PhoneNumberFormat,
        format_number,
        is_valid_number,
        parse,
    )

    try:
        number = parse(typed)
    except NumberParseException as error:
        raise InformationTelephoneError(contact=contact) from error
    if number.extension is not None or not is_valid_number(number):
        raise InformationTelephoneError(contact=contact)
    return format_number(number, PhoneNumberFormat.E164)


def shown(telephone: str) -> str:
    """Write a stored number as people read it: in groups, with the code of its country (ITU-T E.123)."""
    # As above.
    from phonenumbers import PhoneNumberFormat, format_number, parse  # noqa: PLC0415

    return format_number(parse(telephone), PhoneNumberFormat.INTERNATIONAL)
