"""The words in front of and behind names on rosters."""

from __future__ import annotations

SUFFIXES = {
    "jr": "Jr.", "jnr": "Jr.", "junior": "Jr.", "sr": "Sr.", "snr": "Sr.", "senior": "Sr.",
    "ii": "II", "iii": "III", "iv": "IV", "v": "V", "vi": "VI", "vii": "VII",
    "2nd": "II", "3rd": "III", "4th": "IV", "5th": "V",
}  # fmt: skip
SPELLED = {"junior", "senior"}  # first names, too: a suffix only after a comma
RANKS = {
    "agent", "asst", "assistant", "atty", "capt", "captain", "chaplain", "chief", "cmdr", "co",
    "col", "colonel", "commander", "const", "constable", "corp", "corporal", "cpl", "cpt", "dep",
    "deputy", "det", "detective", "dir", "director", "dispatcher", "dr", "fr", "hon", "insp",
    "inspector", "investigator", "inv", "lieutenant", "lt", "ltc", "ltcol", "maj", "major",
    "marshal", "master", "miss", "mr", "mrs", "ms", "mstr", "mx", "nurse", "of", "ofc", "ofcr",
    "off", "officer", "ofr", "pastor", "patrolman", "pfc", "po", "principal", "prof",
    "professor", "pte", "pvt", "rev", "reverend", "senior", "sergeant", "sgt", "sheriff",
    "specialist", "sro", "ssg", "ssgt", "supt", "superintendent", "telecommunicator", "tpr",
    "trooper", "undersheriff",
}  # fmt: skip
# Ranks that are first names or surnames as well; see _is_rank.
ALSO_NAMES = {
    "chief", "co", "dean", "major", "marshal", "master", "miss", "of", "off", "po", "senior",
    "fr", "col", "corp", "inv", "principal", "sheriff",
}  # fmt: skip
RANKS_BEFORE_SURNAME = {"chief", "sheriff"}
AFTER = {
    "aprn", "ba", "bcba", "bs", "bsn", "cadc", "cit", "cpc", "cprs", "csac", "dnp", "do", "dsw",
    "edd", "emt", "emt-p", "emtp", "esq", "fnp", "jd", "lac", "lcpc", "lcsw", "lmft", "lmhc",
    "lmsw", "lpc", "lpn", "lsw", "ma", "mba", "md", "med", "mha", "mph", "ms", "msn", "msw", "ncc",
    "np", "pa", "pa-c", "paramedic", "pharmd", "phd", "plpc", "pmhnp", "psyd", "qmhp", "ret",
    "retired", "rn", "rpt", "usaf", "usa", "usmc", "usn",
}  # fmt: skip
AFTER_OR_SURNAME = {"ba", "do", "ma", "med", "ms", "pa"}  # after a comma only
PARTICLES = {
    "da", "de", "del", "della", "den", "der", "di", "du", "la", "las", "le", "los", "mac", "saint",
    "san", "santa", "st", "ste", "ten", "ter", "van", "vander", "von", "zu",
}  # fmt: skip
