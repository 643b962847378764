"""Cooperation in a cluster: who supplies whom, and four readings of the law's requirement.

graph(cluster)                    members as nodes, contracts as arcs
matrix(cluster, "signed")         sums by supplier and buyer
isolated(cluster)                 members whom no signed contract binds
readings(dataset(cluster), day)   R1–R4 with the thresholds of that day
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
from course.cooperation.imports import IMPORT_CAUTIONS, import_dependence, localisation
from course.cooperation.readings import Dataset, Reading, dataset, readings
from course.cooperation.substitution import (
    Candidate,
    Landed,
    Market,
    Skill,
    landed,
    shortlist,
    unimported,
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
    "counted",
    "dataset",
    "graph",
    "graph_of",
    "import_dependence",
    "isolated",
    "landed",
    "localisation",
    "matrix",
    "mendings",
    "readings",
    "shortlist",
    "unimported",
]
