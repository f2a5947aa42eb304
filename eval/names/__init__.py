"""Find corrupted names by evidence, and put them right.

base/       what is known: records, the index that finds names in a text, imports, catalogues on disk
spelling/   how a name is written and heard: slips, sounds, scripts, the learned edit model
rules/      what is judged by what stands around it, rule by rule, and the scene they read
here        the way through: knowledge → mentions → detect → normalise → changes; match, variants, house
"""
