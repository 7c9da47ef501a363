# The register, an act and the checkpoint.

register-lead = Everything on this site is drawn from a register of acts. An act is what somebody did, in a capacity, on a date. Acts are added and never changed.
register-count = { $count ->
    [one] One act
   *[other] { $count } acts
  }
register-empty = The register holds no acts that you may see.
register-none = No act answers to this choice.
register-caption = the latest first
register-act = Act
register-about = What it is about
register-effective = Date of the fact
register-origin-enacted = enacted in the register
register-origin-recorded = recorded from a source
register-next = Older acts
register-first = Latest acts
register-pages = More acts
register-proof = Each act is kept as a text, and the text has a fingerprint (SHA-256). Fingerprints are joined in pairs, again and again, until a single one remains: the root. If one letter of one act were changed, the root would be another.
register-proof-next = The checkpoint publishes the root. The page of each act shows its fingerprint and the path from it to the root.

act-kicker = Act in the register
act-facts = What the act says
act-about = About
act-effective = Date of the fact
act-recorded = Entered in the register
act-origin = Origin
act-corrects = Corrects
act-corrected-by = Corrected by
act-record-title = The record, exactly as it is kept
act-record-lead = This text, to the last character, is what the fingerprint is taken of. Names inside it are those of the program and the same in both languages.
act-record-open = Show the text
act-proof-title = The proof that it is in the register
act-proof-lead = The fingerprint of the text is joined with its neighbours’, step by step. After { $steps } steps the result is the root that the checkpoint publishes, for { $size } acts.
act-proof-one = With a single act its fingerprint is the root itself.
act-proof-pending = The proof follows when the public checkpoint has moved past this act.
act-proof-leaf = Fingerprint of this act
act-proof-root = Root that it leads to
act-proof-path = The fingerprints on the way, from the act upwards
act-proof-check = To check it: take SHA-256 of a zero byte and the text; then, for each step, SHA-256 of a byte of value one and the two fingerprints, left before right (RFC 6962).
act-verify = Verify this act
act-files = To keep, or to verify elsewhere:
act-back = All acts

checkpoint-lead = What the host vouches for in public: how many acts there are, and the one fingerprint of them all.
checkpoint-origin = Origin
checkpoint-size = Acts
checkpoint-root = Root
checkpoint-text-title = As it is published, byte for byte
checkpoint-take = Take the signed checkpoint away
checkpoint-use-title = What it is good for
checkpoint-use-keep = Keep it. Whoever holds an earlier checkpoint can prove later that nothing before it was changed, taken away or put in between.
checkpoint-use-daily = The public checkpoint moves once a day.
checkpoint-demo = This register was opened to show the program; its checkpoint vouches for nothing.
register-lines = Lines
act-id = Identifier
act-proof-left = On the left:
act-proof-right = On the right:

# Kinds of act.
act-kind-RulesAdopted = Rules adopted
act-kind-CheckpointKeyAdopted = Checkpoint key adopted
act-kind-PersonErased = Person erased
act-kind-PresidencyHandedOver = Presidency handed over
act-kind-SeatFilled = Seat filled
act-kind-SeatVacated = Seat vacated
act-kind-RulesAmended = Rules amended
act-kind-CandidacyAnnounced = Candidacy announced
act-kind-CandidacyWithdrawn = Candidacy withdrawn
act-kind-PresidencyDesignated = Presidency designated
act-kind-ThemeChosen = Central theme chosen
act-kind-ApplicationReceived = Application received
act-kind-ApplicationDocumentReceived = Document received
act-kind-ApplicationDocumentReturned = Document taken out of the file
act-kind-ApplicationWithdrawn = Application withdrawn
act-kind-FactCorrected = Fact corrected
act-kind-SourceRegistered = Source registered
act-kind-PartyAdmitted = Party admitted
act-kind-InstitutionDesignated = Institution designated
act-kind-BodyEstablished = Body established
act-kind-PresidencyAgreed = Presidency agreed
act-kind-MeetingHeld = Meeting held
act-kind-ThemeEstablished = Theme established
act-kind-SectionEstablished = Section established
act-kind-TopicOpened = Topic opened
act-kind-TopicAddressed = Topic taken up
act-kind-DocumentRecorded = Document listed
act-kind-ActionRecorded = Action listed
act-kind-StepTaken = Step taken
act-kind-OrganizationListed = Organisation listed
act-kind-SupportGiven = Support given
act-kind-ForumAttended = Forum attended
act-kind-SeminarListed = Seminar listed
act-kind-ScaleAdopted = Scale adopted
act-kind-ContributionAssessed = Contribution set
act-kind-BudgetItemListed = Budget item listed
act-kind-EntryListed = Entry of a list
act-kind-AcronymDefined = Acronym defined
