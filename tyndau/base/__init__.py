"""What every room stands on: errors, languages, frames, progress. Imports nothing of ours."""
