# %% id="parameters" tags=["parameters"]
as_of: str = "2026-11-22"  # день норм

# %% id="page"
from course import finance, load_cluster

finance.case(load_cluster("teams/a/cluster.yaml"), "nothing", as_of=None)
