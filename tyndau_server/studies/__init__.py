"""Studies as folders: which are served, what each is, its versions.

In: folders of studies. Out: what their pages need to know. No results and no field are read here.
"""
