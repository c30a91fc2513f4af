"""The tables, one module a subject.

These modules do without postponed annotations: SQLAlchemy would evaluate each of them again,
which makes the start of the program a tenth of a second slower.
"""

from cit_desktop.models.certificates import Certificate, Change, NumberSeries, Operation
from cit_desktop.models.chapters import (
    Asset,
    Chapter,
    ChapterCounty,
    RosterProfile,
    Setting,
    Signer,
    SigningKey,
)
from cit_desktop.models.classes import (
    Block,
    BlockInstructor,
    BlockPart,
    Course,
    CourseModule,
    TrainingClass,
)
from cit_desktop.models.enrollment import Attendance, Enrollment, ImportBatch, Makeup
from cit_desktop.models.letters import RenewalLetter
from cit_desktop.models.liaisons import Liaison, LiaisonCounty
from cit_desktop.models.people import (
    Agency,
    AgencyApart,
    AgencySpelling,
    Employment,
    NotSame,
    Person,
    PersonAlias,
    StateNumber,
)
from cit_desktop.tables import Base

__all__ = [
    "Agency",
    "AgencyApart",
    "AgencySpelling",
    "Asset",
    "Attendance",
    "Base",
    "Block",
    "BlockInstructor",
    "BlockPart",
    "Certificate",
    "Change",
    "Chapter",
    "ChapterCounty",
    "Course",
    "CourseModule",
    "Employment",
    "Enrollment",
    "ImportBatch",
    "Liaison",
    "LiaisonCounty",
    "Makeup",
    "NotSame",
    "NumberSeries",
    "Operation",
    "Person",
    "PersonAlias",
    "RenewalLetter",
    "RosterProfile",
    "Setting",
    "Signer",
    "SigningKey",
    "StateNumber",
    "TrainingClass",
]
