# Criteria for observers, conditions and commitments.

criteria-lead = What is asked of those who wish to be observers, and what members commit to. A criterion is a document received or pending; whether it is met is for the members to say.
criteria-empty = The record holds no criteria on the day shown.
criteria-decided = Decided by the { $body } ({ $session }).
criteria-adopted = Adopted at:
