"""Warm kernels: forked from a process that has already imported what notebooks import.

`JUPYTER_DEFAULT_PROVISIONER_NAME=proclusters-warm` in the environment is all that stock nbgrader,
papermill and nbclient need. A notebook finds in such a kernel what it finds in a cold one: modules
that were loaded ahead stay out of sight until it imports them. Where a warm kernel can't be had,
a cold one is started, as ever.
"""
