# The page that verifies an act in the reader's browser, and the addresses that hand out files.

verify-lead = This page verifies that an act is in the register and that nobody has changed it. Your browser does the computing, with the key that you hold, and each step is shown.
verify-noscript = Your browser runs no programs of pages, or does not permit it. Further down it is explained how to verify without.

verify-key = The verifier key that you were given
verify-key-hint = It is one line of text, which each member is given on paper or in another safe way. If you leave the field empty, the key that this site shows is used; that tells only that the site agrees with itself.
verify-key-one = Key
verify-files-open = Use files that you kept
verify-files-lead = Choose the file of the record and that of its proof, or drag them here. They do not leave your machine.
verify-record = record
verify-file-record = File of the record
verify-file-proof = File of the proof
verify-proof = proof
verify-go = Verify

verify-steps = What is verified
verify-step-record = The record
verify-step-record-why = The fingerprint is taken of the text of the act, exactly as it is kept. If one letter were changed, the fingerprint would be another.
verify-step-path = The path to the root
verify-step-path-why = The fingerprint is joined with those of the proof, step by step. The result has to be the root of the checkpoint.
verify-step-signature = The signature
verify-step-signature-why = The checkpoint has to carry the signature that belongs to your key. Only whoever keeps the register can make it, and cannot deny it afterwards.

verify-checking = Verifying …
verify-good-record = Act { $act }, entered at { $at }. Fingerprint: { $leaf }
verify-good-path = After { $steps } steps the result is the root of the checkpoint, for { $size } records: { $root }
verify-good-signature = The signature is valid: { $origin }, key { $key }.
verify-bad-form = The file is not in the form that it has to have. It may have been saved by another program, or only in part.
verify-bad-path = The proof does not lead from this record to the root. The record or the proof is not what was in the register.
verify-bad-signature = The signature that claims to be of the key { $detail } is not.
verify-bad-unsigned = None of your keys signed the checkpoint of { $detail }.
verify-bad-key = The key is not written as it should be. See that the whole line is there, without spaces.
verify-bad-other-act = The record is of another act: { $detail }
verify-bad-files = Choose both files: that of the record and that of its proof.
verify-bad-fetch = The site did not hand out the file (answer { $detail }). Try again later.
verify-bad-pending = The site does not hand out this proof yet. The public checkpoint moves at midnight; after that it is available.
verify-bad-unsure-signature = This browser cannot verify Ed25519 signatures. Use a recent version of another browser, or the verifier that is offered further down.
verify-bad-failed = The verification could not be finished: { $detail }

verify-proven = ✓ The act is in the register
verify-proven-text = The record is authentic: it stands so in the register that is signed with your key. Keep the two files and the key; they are enough to prove it at any time.
verify-agrees = The site agrees with itself
verify-agrees-text = Record, proof and signature agree, but the key is the one that this very site shows. It is a proof only with a key that you obtained in another way.
verify-refused = ✗ The verification failed
verify-refused-text = What was handed out does not agree. Keep the files as they are, ask for the record and the proof again and, if it fails once more, tell the other members.
verify-unsure = The verification could not be completed
verify-unsure-text = This does not tell that anything was altered. The step that is marked says what is needed.
verify-insecure = The browser permits this computing over a secure connection only (https). Open the site with https, or use the verifier that is offered further down.

verify-shown-title = The key that this site shows
verify-shown = Compare it with the one that you were given. A key taken from this site proves nothing by itself: whoever could change the register could change this page too.
verify-shown-several = The first is the current key. The others came before it and sign beside it for a while.

verify-yourself = Verify it on your own
verify-yourself-lead = Without this site and off line, with any program that follows the same standards:
verify-take = Download the two files:
verify-take-any = Download the two files, record and proof, from the page that verifies an act:
verify-leaf = Compute SHA-256 of a byte of value zero followed by the record, byte for byte. This is the fingerprint.
verify-climb = Join the fingerprint, step by step, with the values of the proof, as RFC 9162, section 2.1.3.2, says. The result has to be the root, which is the third line of the checkpoint at the end of the proof.
verify-sign = Verify the Ed25519 signature of the checkpoint with your verifier key.
verify-formats = The formats are those of C2SP: signed-note, tlog-checkpoint and tlog-proof. This verifier reads them; it is 150 lines that can be reviewed:
verify-keep-title = Keep a checkpoint
verify-keep = Keep one now and then where whoever runs the register cannot change it. With it, any cut or rewriting of what came before is found later. Today’s, signed:
verify-not-title = What this does not show
verify-not-page = That this very page is honest: the program that does the computing comes from this site. Who wants to be sure of that too verifies with a verifier obtained elsewhere.
verify-not = That the register is complete from its start, that what was recorded is true, or that others are given the same register. For the last, compare your checkpoints with those of other members.

evidence-question = Write exactly one of these parameters: act= with the identifier of an act, or old= with the size of a checkpoint that was kept (in /proof only).
evidence-unknown = There is nothing to hand out by that name.
evidence-pending = The proof of this act will be available after the next midnight, when the public checkpoint moves.
evidence-beyond = The public checkpoint does not cover that size.
evidence-away = The register cannot be read at the moment. Please try again later.
evidence-unsigned = There is no key at present to sign the checkpoint. Try again later.
