"""Where programs of participants run, and where answers are checked: processes of their own.

Three kinds of processes, each with one JSON line in and one out:

- a `seat` runs the program of one participant; nothing in it is protected from that program;
- a judge (`split`) checks what a seat calculated, and never runs a participant's code;
- a `checker` checks answers of forms: plain data, which no process of a participant ever held.

`seating` chooses how a seat and its judge are had: forked from a `nursery` (`warm`, `enclosure`,
`probe`), started in `bubblewrap`, or `reduced` to what `landlock` gives; `levels` says which of
these may be had. Only plain `values` and `pictures` come out. Nothing here knows of notebooks.
"""
