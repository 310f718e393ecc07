"""Purposes of random draws: one number per decision, never reused (MODEL 5).

A draw is a pure function of (seed, replicate, community, entity, month, purpose). Adding a purpose changes no other
draw; changing a number changes results.
"""

# Who an organisation is, drawn once (month 0).
WEIGHT = 1
SIZE = 2
CAPABILITY = 3  # 3, 4, 5, 6: one for each role
RESONANCE = 7
OUTSIDE = 8
LEADER = 9

# What a coalition is, drawn once (month 0).
OWN_INCOME = 20
AGENDA = 21

# Ties.
TIE = 30
TIE_TRUST = 31
INTRODUCTION = 32

# The world.
CLIMATE = 40
BUDGET = 41
BAD_YEAR = 42
BAD_YEAR_CUT = 43
IMPOSED = 44
RIVALS = 45
NEED_ENDS = 46

# Shocks.
INTERNAL = 50
INTERNAL_KIND = 51
GOAL_SHIFT = 52
EXTERNAL = 53
EXTERNAL_KIND = 54
RELATIONAL = 55
SCHEDULED = 56

# Behaviour.
OUTPUT = 60
LEAVE = 61
LEAVE_CAUSE = 62
ARRIVAL = 63
ARRIVAL_KIND = 64
JOIN = 65
APPLICATION = 66
AWARD = 67
TERM = 68
TAKEOVER = 70  # 70, 71, 72, 73: one for each role

# Cohorts.
INTAKE = 80
ENTERPRISE = 81

# Formation; months count from the first contact.
CONTACT = 100
GOALS = 101
DESIGN = 102
SIGNING = 103
GIVING_UP = 104
ENGAGEMENT = 105
RIVAL = 106
# The field: practice in communities (the coalition is the entity), users, library, donors.
TARGET = 120
FIRST_PRACTICE = 121
FIRST_POTENCY = 122
NOT_INVENTED = 123
EGO = 124
SILOS = 125
SEARCH = 126
TRIED_POTENCY = 127
TRIED_WORTH = 128
LOOK = 129
PEER = 130
PEER_EVIDENCE = 131
JUDGE = 132
MEMBERSHIP = 133
SHARE = 134
GIVING = 135
