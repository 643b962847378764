"""Figures of the model in finished files: each under an id, read again and compared.

    book.put("a.npv", "ЧДД", 96.6e6)           a marked text that writers turn into a figure with id
    compare(printed_once, printed_now, titles)   what was changed, swapped, moved or lost

Documents and reports print by these; neither knows the other.
"""
