"""All rooms are packages of one Django app: this imports their rows, so that there is one set of migrations."""

from saiwu.accounts.models import Account, Appointment, Attempt, Scope, Unit
from saiwu.audit.models import Head, Record, Seal
from saiwu.checkin.models import BlindCode, CheckIn, Draw, Place
from saiwu.competitions.models import ChangeRequest, Competition, Decision, Division, Event, Moment, RulebookVersion
from saiwu.entries.models import (
    Claim,
    Conflict,
    Entry,
    Evidence,
    Instructor,
    Member,
    Preregistration,
    QuotaPlace,
    Review,
    Side,
    SideUse,
    Waiver,
)
from saiwu.marking.models import HandIn, Mark, Penalty, SecondLook
from saiwu.people.models import Person, Photo
from saiwu.results.models import Bulletin, Certificate, Result, ResultList, UnitAward, Unsealing

__all__ = [
    "Account",
    "Appointment",
    "Attempt",
    "BlindCode",
    "Bulletin",
    "Certificate",
    "ChangeRequest",
    "CheckIn",
    "Claim",
    "Competition",
    "Conflict",
    "Decision",
    "Division",
    "Draw",
    "Entry",
    "Event",
    "Evidence",
    "HandIn",
    "Head",
    "Instructor",
    "Mark",
    "Member",
    "Moment",
    "Penalty",
    "Person",
    "Photo",
    "Place",
    "Preregistration",
    "QuotaPlace",
    "Record",
    "Result",
    "ResultList",
    "Review",
    "RulebookVersion",
    "Scope",
    "Seal",
    "SecondLook",
    "Side",
    "SideUse",
    "Unit",
    "UnitAward",
    "Unsealing",
    "Waiver",
]
