"""What each command does, over the same services as the screens; one module a subject.

Every function returns an exit code: 0 done; 1 it ran and the answer is no.
"""
