"""The study: its folder and workbook, loaded and checked against its forms.

`check_study` finds everything that is wrong, `load_study` gives the `Study` or raises all errors,
`new_study` makes a study from the template, `derive` computes derived variables over a wave's rows.
"""
