"""Names, agencies and headings of the invented lists."""

FIRST = (
    "James", "Mary", "Robert", "Patricia", "Linda", "Elizabeth", "Zoë", "José", "María",
    "Siobhán", "Łukasz", "Renée", "Björn", "D'Andre", "Mary-Kate", "Nguyễn", "Ayşe", "Tyrell",
    "Aaliyah", "Dean", "Earl", "Judge", "Van", "Chris", "Jo", "Bo", "Al", "Marshall",
)  # fmt: skip
LAST = (
    "Smith", "Johnson", "Garcia", "O'Brien", "McDonald", "MacLeod", "St. John", "Van der Berg",
    "de la Cruz", "Smith-Jones", "Peña", "Núñez", "Müller", "Łaski", "Šimić", "Nguyen", "Lee",
    "Ma", "Do", "King", "Price", "Banks", "Hall", "Young", "Long", "Church", "March", "May",
    "Macias", "Mack", "Mackey", "McAdams", "O'Neil", "Di Salvo", "Le", "Bell", "Church-Hall",
)  # fmt: skip
MIDDLE = (
    "", "", "", "A", "J", "Lee", "Lynn", "Ann", "Marie",
)  # fmt: skip
SUFFIX = (
    "", "", "", "", "", "Jr.", "III", "II", "Sr.", "IV",
)  # fmt: skip
NICKNAMES = (
    "Bud", "Chip", "Liz", "Bo",
)  # fmt: skip
RANKS = (
    "Sgt.", "Ofc.", "Deputy", "Cpl.", "Chief", "Dr.", "Lt.", "Det.", "Officer", "Trooper",
)  # fmt: skip
TITLES = (
    "Officer", "Deputy", "Sgt.", "Corporal", "RN", "LCSW", "Dispatcher", "Teacher", "Trooper",
    "Case manager", "Patrol Sgt", "Counselor", "Lieutenant", "Telecommunicator",
)  # fmt: skip
COUNTIES = (
    "Phelps", "Dent", "Pulaski", "Texas", "Crawford", "Maries",
)  # fmt: skip
IGNORED = (
    "#", "No.", "Signature", "Any dietary needs?", "Badge #", "Timestamp", "Supervisor", "Paid?",
)  # fmt: skip
AGENCIES = (
    ("Rolla Police Department", "Rolla PD", "ROLLA POLICE DEPT", "rolla police dept."),
    (
        "Dent County Sheriff's Office",
        "Dent Co SO",
        "DENT COUNTY SHERIFF",
        "Dent Co. Sheriff's Dept.",
    ),
    ("Missouri State Highway Patrol", "MSHP", "Mo. State Hwy Patrol", "MSHP Troop I"),
    ("St. Robert Police Department", "St Robert PD", "Saint Robert Police Dept"),
    ("Salem R-80 Schools", "Salem R-80 School District", "SALEM R-80"),
    ("Texas County Memorial Hospital", "Texas Co. Memorial Hospital"),
    ("Pulaski County 911", "Pulaski Co. E-911", "Pulaski Co. Emergency Communications"),
    ("Great Circle Community Services", "Great Circle Community Svcs"),
    ("Waynesville Police Department", "Waynesville PD", "WAYNESVILLE POLICE"),
    ("Cuba Fire Department", "Cuba FD", "Cuba Fire Dept"),
    ("Ozark Center", "OZARK CENTER"),
    ("Newburg Police Department", "Newburg P.D."),
)
HEADINGS = {
    "first": (
        "First",
        "First Name",
        "FIRST NAME",
        "Given Name",
        "first_name",
        "FName",
        "First name*",
    ),
    "middle": ("MI", "Middle", "Middle Initial", "M.I.", "Middle Name"),
    "last": ("Last", "Last Name", "LAST NAME", "Surname", "Family Name", "last_name", "LName"),
    "suffix": ("Suffix", "Jr/Sr", "SUFFIX", "Suffix (Jr., III)"),
    "full_name": (
        "Name",
        "Full Name",
        "NAME",
        "Officer",
        "Attendee Name",
        "Participant",
        "Student Name",
        "Officer's Name",
        "Name of Attendee",
        "Trainee",
        "Print Name",
        "Employee Name",
    ),
    "agency": (
        "Agency",
        "Department",
        "AGENCY",
        "Dept.",
        "Agency / Organization",
        "Employer",
        "Agency Name",
        "Organization",
        "Employing Agency",
        "Agency/Dept",
        "Department/Agency",
    ),
    "title": (
        "Title",
        "Rank",
        "Job title",
        "Rank/Title",
        "Position",
        "POSITION",
        "Job Title / Rank",
    ),
    "county": ("County", "COUNTY", "County of employment", "Co."),
    "state_number": (
        "POST License #",
        "License",
        "POST #",
        "POST ID",
        "LICENSE NO.",
        "POST License Number",
        "POST License # (if officer)",
        "Peace Officer License #",
        "Lic. #",
        "MO POST #",
    ),
    "email": ("Email", "E-mail", "EMAIL ADDRESS", "Email Address", "E-Mail Address", "Work Email"),
    "phone": (
        "Phone",
        "Cell phone",
        "PHONE",
        "Phone Number",
        "Contact Number",
        "Telephone",
        "Cell #",
        "Mobile",
    ),
    "completed": (
        "Completed",
        "Class Date",
        "DATE COMPLETED",
        "Completion Date",
        "Class End",
        "Date",
        "Course Date",
        "Date of Completion",
        "Training Date",
    ),
    "minutes": ("Hours", "Hrs", "HOURS ATTENDED", "Total Hours", "Credit Hours", "Hrs."),
    "certificate": (
        "Cert #",
        "Certificate No.",
        "CERT NO",
        "Certificate Number",
        "Certificate",
        "Certificate #",
    ),
}
