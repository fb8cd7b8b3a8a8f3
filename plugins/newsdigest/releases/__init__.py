"""What was published: sent to where readers find it, and kept to go back to.

compare      two manifests: which files differ
kept         the publications kept: what each replaced, in a folder beside the site
target       what any place of publication can do; named: the one that a setting names
websub       telling a hub which feeds changed
folder       a folder of this machine; rsync: one of another machine; s3, rclone: a bucket
"""
