"""A demonstration: competitions of one installation, played up to the same morning, with something left to do for everybody.

The morning is the one after the day of most finals of the competition that is shown. By then some of its events are
over, some are being marked, reviewed, registered; that follows from its notice alone. Another competition is over, a
third holds its final that day: their notices are moved in time (`moved`). What the stories do not leave open by
themselves is done by verbs the evening before (`left_open`).
"""
