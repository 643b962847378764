"""Cooperation in a cluster: who supplies whom, and four readings of the law's requirement.

graph(cluster)                    members as nodes, contracts as arcs
matrix(cluster, "signed")         sums by supplier and buyer
isolated(cluster)                 members whom no signed contract binds
readings(dataset(cluster), day)   R1–R4 with the thresholds of that day
regional(cluster)                 sums by region; crossing(…) the share over a border
left_alone(cluster, member)       who loses the last contract when a member leaves
dues(cluster, budget, equal)      what each member pays for the specialised organisation
"""

from course.cooperation.arcs import (
    KINDS,
    Mending,
    affiliated,
    between_regions,
    counted,
    graph,
    graph_of,
    isolated,
    matrix,
    mendings,
)
from course.cooperation.changes import (
    left_alone,
    signed,
    with_contract,
    without_contract,
    without_member,
)
from course.cooperation.dues import burdens, dues
from course.cooperation.imports import IMPORT_CAUTIONS, import_dependence, localisation, unimported
from course.cooperation.readings import Dataset, Reading, dataset, readings
from course.cooperation.regional import crossing, regional
from course.cooperation.substitution import (
    Candidate,
    Landed,
    Market,
    Skill,
    landed,
    shortlist,
)

__all__ = [
    "IMPORT_CAUTIONS",
    "KINDS",
    "Candidate",
    "Dataset",
    "Landed",
    "Market",
    "Mending",
    "Reading",
    "Skill",
    "affiliated",
    "between_regions",
    "burdens",
    "counted",
    "crossing",
    "dataset",
    "dues",
    "graph",
    "graph_of",
    "import_dependence",
    "isolated",
    "landed",
    "left_alone",
    "localisation",
    "matrix",
    "mendings",
    "readings",
    "regional",
    "shortlist",
    "signed",
    "unimported",
    "with_contract",
    "without_contract",
    "without_member",
]
