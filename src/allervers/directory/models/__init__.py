"""What is known of who helps. Field names are those of the schéma data·inclusion v1 where it has one."""

from allervers.directory.models.delivery import Delivery, Schedule
from allervers.directory.models.feed import Feed, ImportRun
from allervers.directory.models.index import Change, IndexVersion
from allervers.directory.models.organisation import Organisation
from allervers.directory.models.overlay import CLOSED, Confirmation, Overlay
from allervers.directory.models.record import FormerRecord, Kind, Record
from allervers.directory.models.service import Service
from allervers.directory.models.signals import EmptySearch, ErrorReport, SheetLook

__all__ = [
    "CLOSED",
    "Change",
    "Confirmation",
    "Delivery",
    "EmptySearch",
    "ErrorReport",
    "Feed",
    "FormerRecord",
    "ImportRun",
    "IndexVersion",
    "Kind",
    "Organisation",
    "Overlay",
    "Record",
    "Schedule",
    "Service",
    "SheetLook",
]
