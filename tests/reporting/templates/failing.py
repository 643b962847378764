# %% id="parameters" tags=["parameters"]
as_of: str = "2026-11-22"  # день норм

# %% id="page"
1 / 0  # noqa: B018
