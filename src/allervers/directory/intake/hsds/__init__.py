"""Open Referral HSDS 3: organizations, services and their places as structures and services.

Source: docs.openreferral.org, HSDS 3.0. What has no place in the schéma v1 is listed in the report.
"""

from allervers.directory.intake.hsds.document import is_hsds, read_document
from allervers.directory.intake.hsds.translate import tables

__all__ = ["is_hsds", "read_document", "tables"]
