"""Settings of the course for nbgrader, JupyterLab's nbgrader extensions included.

A kernel provisioner is never set here: participants' own kernels read this file too.
"""

c = get_config()  # type: ignore[name-defined]  # noqa: F821

c.CourseDirectory.course_id = "proclusters"

# A renamed notebook would be taken with a warning and keep the old score under the new time.
c.ExchangeSubmit.strict = True

# What stands in place of a removed model solution. Questions stand in cells of their own.
c.ClearSolutions.code_stub = {
    "python": '# ВАШЕ РЕШЕНИЕ\nraise NotImplementedError("Решение ещё не написано")'
}
c.ClearSolutions.text_stub = "*Впишите ответ сюда.*"
