"""Enrolment: what a machine shows that belongs to no centre. It ends with a new kiosk in its place (``kiosk.app``)."""

from kiosk.journey.flow import Flow, Leg
from kiosk.journey.flows.common import BAR
from kiosk.journey.steps.setup import SETUP

ENROLMENT = Flow(name="enrolment", legs=(Leg(SETUP),), failed=SETUP, doors=BAR)
