# %% id="parameters" tags=["parameters"]
as_of: str = "2026-11-22"  # день норм
