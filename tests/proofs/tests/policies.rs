//! What can never happen in the conference, whatever a seat, a meeting or a text is like.

mod workbench;

use workbench::Change::{Loses, With, Without};
use workbench::{Bench, Claim};

async fn prove(claim: Claim) {
    if let Some(mut bench) = Bench::open() {
        bench.holds(&claim).await;
    }
}

/// R-15, V-10.
#[tokio::test]
async fn nobody_but_members_and_secretariat_comes_near_a_closed_session() {
    prove(Claim {
        fence: r#"
            forbid (principal, action, resource)
            when {
              (resource is Session && resource.setting.door == Door::"closed") ||
              (resource is Agenda && resource.setting.door == Door::"closed") ||
              (resource is Paper && resource.reach == Reach::"closed")
            }
            when {
              [PartyKind::"observer_state", PartyKind::"observer_organization", PartyKind::"civil_society",
               PartyKind::"guest", PartyKind::"service", PartyKind::"host", PartyKind::"public"]
                .contains(principal.kind)
            };"#,
        twins: &[&[Without("closed-door-is-for-members")]],
    })
    .await;
}

/// C.3-8.
#[tokio::test]
async fn the_presidency_admits_the_secretariat_to_a_closed_session_or_nobody_does() {
    prove(Claim {
        fence: r#"
            forbid (principal, action, resource)
            when { principal.kind == PartyKind::"secretariat" }
            when {
              (resource is Session && resource.setting.door == Door::"closed") ||
              (resource is Agenda && resource.setting.door == Door::"closed") ||
              (resource is Paper && resource.reach == Reach::"closed")
            }
            unless {
              (resource is Session || resource is Agenda || resource is Paper) &&
              (resource.setting.admits.contains(principal.office) ||
               resource.setting.admits_expressly.contains(principal.office))
            };"#,
        twins: &[&[Without(
            "closed-door-admits-the-secretariat-by-the-presidency",
        )]],
    })
    .await;
}

/// C.3-8.
#[tokio::test]
async fn of_the_secretariat_the_coordinator_alone_can_be_admitted() {
    prove(Claim {
        fence: r#"
            forbid (principal, action, resource)
            when { principal.kind == PartyKind::"secretariat" && principal.office != Office::"coordinator" }
            when {
              (resource is Session && resource.setting.door == Door::"closed") ||
              (resource is Agenda && resource.setting.door == Door::"closed") ||
              (resource is Paper && resource.reach == Reach::"closed")
            };"#,
        twins: &[
            &[Without("closed-door-admits-the-secretariat-by-the-presidency")],
        ],
    })
    .await;
}

/// B-06.
#[tokio::test]
async fn a_closed_session_is_attended_by_rank() {
    prove(Claim {
        fence: r#"
            forbid (principal, action == Action::"attend", resource is Session)
            when { resource.setting.door == Door::"closed" }
            unless {
              principal.kind == PartyKind::"secretariat" ||
              (principal.kind == PartyKind::"member" &&
               [Office::"vice-minister", Office::"high-ranking-official"].contains(principal.office))
            };"#,
        twins: &[&[Without("closed-door-is-attended-by-rank")]],
    })
    .await;
}

/// R-06, V-07.
#[tokio::test]
async fn observer_states_never_attend_the_consultation_group() {
    prove(Claim {
        fence: r#"
            forbid (principal, action in [Action::"attend", Action::"speak", Action::"declare"], resource is Session)
            when { principal.kind == PartyKind::"observer_state" }
            when { resource.setting.forum == Forum::"consultation_group" };"#,
        twins: &[&[Without("observer-states-stay-out-of-the-consultation-group")]],
    })
    .await;
}

/// R-07, V-08. The forbid keeps even the slot of an organisation from opening a Network; without slots the permit, too, asks
/// for the invitation.
#[tokio::test]
async fn no_observer_attends_a_network_without_that_meetings_invitation() {
    prove(Claim {
        fence: r#"
            forbid (principal, action in [Action::"attend", Action::"speak", Action::"declare"], resource is Session)
            when {
              [PartyKind::"observer_state", PartyKind::"observer_organization"].contains(principal.kind)
            }
            when { resource.setting.forum == Forum::"network" }
            unless { principal.invited_to.contains(resource.setting.meeting) };"#,
        twins: &[
            &[Without("networks-by-invitation-only")],
            &[
                Without("networks-by-invitation-only"),
                Without("organizations-speak-in-their-slot"),
                Loses("the-invited-take-part-in-that-meeting", 2),
            ],
        ],
    })
    .await;
}

/// R-20, V-26.
#[tokio::test]
async fn a_guest_is_nowhere_but_where_it_was_invited() {
    prove(Claim {
        fence: r#"
            forbid (principal, action, resource)
            when { principal.kind == PartyKind::"guest" && principal.office == Office::"guest" }
            unless {
              resource is Published || (resource is Paper && resource.reach == Reach::"public") ||
              ((resource is Session || resource is Agenda || resource is Paper) &&
               principal.invited_to.contains(resource.setting.meeting)) ||
              (resource is Event && principal.invited_to.contains(resource.event))
            };"#,
        twins: &[
            &[Loses("the-invited-take-part-in-that-meeting", 2)],
            &[Loses("the-invited-attend-the-event", 1)],
        ],
    })
    .await;
}

/// D-06, R-04, C.3-7: with the one exception that the Presidency makes for one text.
#[tokio::test]
async fn only_seats_of_members_draft() {
    prove(Claim {
        fence: r#"
            forbid (principal, action == Action::"draft", resource)
            unless {
              principal.kind == PartyKind::"member" ||
              (principal.kind == PartyKind::"observer_state" && resource is Paper &&
               principal.authorized_for.contains(resource.text))
            };"#,
        twins: &[
            &[Loses("members-draft", 0)],
            &[Loses("observer-states-draft-when-authorized", 1)],
            &[Loses("a-delegation-works-among-itself", 0)],
        ],
    })
    .await;
}

/// G-05, D-06, R-25.
#[tokio::test]
async fn only_seats_of_members_decide_or_state_a_position() {
    prove(Claim {
        fence: r#"
            forbid (principal, action in [Action::"decide", Action::"state", Action::"react"], resource)
            unless { principal.kind == PartyKind::"member" };"#,
        twins: &[
            &[Loses("vice-ministers-decide", 0)],
            &[Loses("a-state-speaks-with-one-voice", 0)],
            &[Loses("consultation-group-approves-work-plans", 0)],
        ],
    })
    .await;
}

/// C.3-3.
#[tokio::test]
async fn nobody_states_the_position_of_another_state() {
    prove(Claim {
        fence: r#"
            forbid (principal, action == Action::"state", resource is Position)
            unless {
              principal.party == resource.of &&
              (principal.office == Office::"speaker" ||
               (principal.office == Office::"deputy" && principal.mandate))
            };"#,
        twins: &[
            &[Loses("a-state-speaks-with-one-voice", 1)],
            &[Loses("a-state-speaks-with-one-voice", 2)],
            &[Without("a-deputy-acts-on-a-mandate")],
        ],
    })
    .await;
}

/// P-06, P-07, C.3-3.
#[tokio::test]
async fn nobody_but_a_state_itself_manages_its_people() {
    prove(Claim {
        fence: r#"
            forbid (principal, action == Action::"manage", resource is People)
            when { resource.of_kind == PartyKind::"member" }
            unless { principal.kind == PartyKind::"member" && principal.party == resource.of };"#,
        twins: &[
            &[Loses("a-state-manages-its-own-people", 1)],
            &[Loses("secretariat-seats-observers-and-guests", 1)],
        ],
    })
    .await;
}

/// S-04, S-06.
#[tokio::test]
async fn nobody_of_the_secretariat_takes_a_seat_by_themselves() {
    prove(Claim {
        fence: r#"
            forbid (principal, action in [Action::"manage", Action::"repair"], resource is People)
            when { resource.of_kind == PartyKind::"secretariat" }
            unless { [Office::"coordinator", Office::"operator"].contains(principal.office) };"#,
        twins: &[&[Without("only-the-coordinator-seats-the-secretariat")]],
    })
    .await;
}

/// H-17, C-08, V-05.
#[tokio::test]
async fn only_the_presidency_in_office_activates_and_launches() {
    prove(Claim {
        fence: r#"
            forbid (principal, action in [Action::"activate", Action::"launch"], resource)
            unless {
              principal.kind == PartyKind::"member" && principal.troika == Troika::"current" &&
              (principal.office != Office::"deputy" || principal.mandate)
            };"#,
        twins: &[
            &[Loses("presidency-activates", 1)],
            &[Loses("presidency-launches", 1)],
            &[Loses("presidency-launches", 0)],
            &[Without("a-deputy-acts-on-a-mandate")],
        ],
    })
    .await;
}

/// R-26.
#[tokio::test]
async fn observers_neither_see_nor_take_part_in_a_written_consultation() {
    prove(Claim {
        fence: r#"
            forbid (principal, action, resource)
            when { resource is Consultation || resource is Position || resource is Delivery }
            unless {
              principal.kind == PartyKind::"member" ||
              [Office::"coordinator", Office::"assistant"].contains(principal.office)
            };"#,
        twins: &[
            &[Loses("members-see-consultations", 0)],
            &[Loses("members-see-the-answers-after-the-term", 0)],
        ],
    })
    .await;
}

/// H-14.
#[tokio::test]
async fn only_the_presidency_in_office_consults_informally() {
    prove(Claim {
        fence: r#"
            forbid (principal, action == Action::"consult", resource)
            unless {
              principal.kind == PartyKind::"member" && principal.troika == Troika::"current" &&
              (principal.office != Office::"deputy" || principal.mandate)
            };"#,
        twins: &[
            &[Loses("presidency-consults-the-members", 0)],
            &[Loses("presidency-consults-the-members", 1)],
            &[Without("a-deputy-acts-on-a-mandate")],
        ],
    })
    .await;
}

/// H-14: one voice, though more may give it than in the written consultation.
#[tokio::test]
async fn nobody_answers_an_informal_consultation_for_another_state() {
    prove(Claim {
        fence: r#"
            forbid (principal, action == Action::"answer", resource is InformalAnswer)
            unless {
              principal.kind == PartyKind::"member" && principal.party == resource.of &&
              ([Office::"speaker", Office::"focal-point"].contains(principal.office) ||
               (principal.office == Office::"deputy" && principal.mandate))
            };"#,
        twins: &[
            &[Loses("a-state-answers-informally", 0)],
            &[Loses("a-state-answers-informally", 1)],
            &[Loses("a-state-answers-informally", 2)],
        ],
    })
    .await;
}

/// H-14.
#[tokio::test]
async fn observers_neither_see_nor_take_part_in_an_informal_consultation() {
    prove(Claim {
        fence: r#"
            forbid (principal, action, resource)
            when { resource is Informal || resource is InformalAnswer }
            unless {
              principal.kind == PartyKind::"member" ||
              [Office::"coordinator", Office::"assistant"].contains(principal.office)
            };"#,
        twins: &[
            &[Loses("members-see-informal-consultations", 0)],
            &[Loses("members-see-shared-informal-answers", 0)],
        ],
    })
    .await;
}

/// H-14.
#[tokio::test]
async fn what_is_held_back_no_other_member_reads() {
    prove(Claim {
        fence: r#"
            forbid (principal, action == Action::"read", resource is InformalAnswer)
            when { resource.sight == Sight::"held" }
            unless {
              principal.party == resource.of || principal.troika == Troika::"current" ||
              [Office::"coordinator", Office::"assistant"].contains(principal.office)
            };"#,
        twins: &[&[Loses("members-see-shared-informal-answers", 1)]],
    })
    .await;
}

/// C.3-5: the text of the answers during the term.
#[tokio::test]
async fn during_the_term_no_member_sees_the_answer_of_another() {
    prove(Claim {
        fence: r#"
            forbid (principal, action == Action::"read", resource is Position)
            when { resource.term == Term::"running" }
            unless {
              principal.party == resource.of || principal.troika == Troika::"current" ||
              [Office::"coordinator", Office::"assistant"].contains(principal.office)
            };"#,
        twins: &[&[Loses("members-see-the-answers-after-the-term", 1)]],
    })
    .await;
}

/// C.3-3.
#[tokio::test]
async fn what_a_delegation_prepares_is_seen_by_that_delegation_alone() {
    prove(Claim {
        fence: r#"
            forbid (principal, action, resource is Workroom)
            unless { principal.kind == PartyKind::"member" && principal.party == resource.of };"#,
        twins: &[&[Loses("a-delegation-works-among-itself", 1)]],
    })
    .await;
}

/// P-10: a role gives rights, and only those of that role.
#[tokio::test]
async fn managers_of_a_fund_interpreters_and_translators_have_no_other_right() {
    prove(Claim {
        fence: r#"
            forbid (principal, action, resource)
            when { principal.kind == PartyKind::"service" }
            when {
              [Office::"fund-manager", Office::"interpreter", Office::"translator"].contains(principal.office)
            }
            unless {
              resource is Published || (resource is Paper && resource.reach == Reach::"public") ||
              (resource is Fund && principal.office == Office::"fund-manager") ||
              (resource is Session && principal.office == Office::"interpreter" &&
               principal.serves_at.contains(resource.setting.meeting)) ||
              (resource is Paper && principal.office == Office::"translator" &&
               principal.entrusted_with.contains(resource.text))
            };"#,
        twins: &[
            &[Loses("interpreters-serve-at-the-meeting", 1)],
            &[Loses("translators-work-on-what-they-were-given", 1)],
            &[Loses("members-see-the-fund", 0)],
        ],
    })
    .await;
}

/// The public sees what is public, and does nothing.
#[tokio::test]
async fn the_public_reads_what_is_public_and_no_more() {
    prove(Claim {
        fence: r#"
            forbid (principal, action, resource)
            when { principal.kind == PartyKind::"public" && principal.office == Office::"anybody" }
            unless {
              action == Action::"read" &&
              (resource is Published ||
               (resource is Paper && resource.reach == Reach::"public" && resource.stage != TextStage::"draft"))
            };"#,
        twins: &[
            &[Without("drafts-stay-with-their-drafters")],
            &[Loses("public-papers-are-public", 0)],
        ],
    })
    .await;
}

/// The policies never fail in being evaluated, so that none is left out of a decision.
#[tokio::test]
async fn no_policy_ever_errs() {
    let Some(mut bench) = Bench::open() else {
        return;
    };
    let none: Vec<String> = Vec::new();
    assert_eq!(bench.failing(&[]).await, none);
    // The twin: a sum that overflows.
    let overflows = r#"
        permit (principal, action == Action::"read", resource is Fund)
        when { 9223372036854775807 + (if principal.mandate then 1 else 0) > 0 };"#;
    assert_eq!(
        bench.failing(&[With(overflows)]).await,
        ["added on Action::\"read\""]
    );
}
