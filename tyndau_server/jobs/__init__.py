"""Long work on studies: a queue in the database and one worker process that empties it.

In: requests by kind and study. Out: jobs, with progress that pages and terminal show, visible where
they failed. `kinds` says which function does which kind; these write into the study's folder whole
or not at all, so a job whose worker was killed is simply taken again.
"""
