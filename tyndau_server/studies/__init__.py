"""Studies in the browser: what each is, its state, its files, its tables.

In: folders of studies and the queue of jobs. Out: pages. Modules that read a folder
(`described`, `results`) know no request; views know no file; `jobs` is the queue and its worker.
"""
