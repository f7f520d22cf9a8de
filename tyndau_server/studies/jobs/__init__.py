"""Long work on studies: a queue in the database and one worker process that empties it.

In: requests to simulate and to build. Out: jobs, with progress that pages and terminal show. The
worker calls the pipeline, which writes into the study's folder whole or not at all; so a job whose
worker was killed is simply taken again.
"""
