use super::*;

fn written(tongue: Tongue, says: &Says<'_>) -> Written {
    let to = To {
        conference: match tongue {
            Tongue::Spanish => "Conferencia Regional sobre Migración",
            Tongue::English => "Regional Conference on Migration",
        },
        name: "María <Ficticia>",
        tongue,
        zone: &TimeZone::get("America/Panama").unwrap(),
    };
    letter(&to, says)
}

fn at() -> Timestamp {
    "2012-02-08T15:00:00Z".parse().unwrap()
}

fn all() -> [Says<'static>; 4] {
    let link = "https://conference.example/x";
    let (seat, party) = ("Punto focal", "Honduras");
    [
        Says::Invitation {
            seat,
            party,
            link,
            until: at(),
        },
        Says::ConfirmData { link },
        Says::PresidencyHandedOver {
            party,
            from: at(),
            link,
        },
        Says::SeatEnds {
            seat,
            party,
            on: jiff::civil::date(2012, 2, 8),
            link,
        },
    ]
}

#[test]
fn every_letter_says_the_same_as_text_and_as_a_page() {
    for tongue in Tongue::ALL {
        for says in &all() {
            let Written {
                subject,
                text,
                html,
                ..
            } = written(tongue, says);
            assert!(
                !subject.contains('{') && !subject.contains('⟦'),
                "{subject}"
            );
            assert!(text.contains("María <Ficticia>"), "{text}");
            assert!(html.contains("María &#60;Ficticia&#62;"), "{html}");
            for part in [&text, &html] {
                assert!(part.contains("https://conference.example/x"), "{part}");
                assert!(!part.contains('⟦') && !part.to_lowercase().contains("comity"));
                assert!(
                    !part.contains("<img") && !part.contains("http://"),
                    "{part}"
                );
            }
            assert!(text.lines().all(|line| line.chars().count() < 900));
        }
    }
}

/// Each says that it is not the written consultation and has no term; a day is named where one is asked to answer, and
/// only there.
#[test]
fn an_informal_consultation_says_in_each_letter_what_it_is_not() {
    let day = jiff::civil::date(2011, 10, 28);
    for (tongue, written_one, year) in [
        (
            Tongue::Spanish,
            "No es la consulta por escrito",
            "28 de octubre",
        ),
        (
            Tongue::English,
            "not the written consultation",
            "28 October",
        ),
    ] {
        let mut seen = std::collections::BTreeSet::new();
        for step in InformalStep::ALL {
            for helpful_by in [None, Some(day)] {
                let says = |topic| Says::Informal {
                    step,
                    topic,
                    helpful_by,
                    days: None,
                    link: "https://conference.example/x",
                };
                let open = written(tongue, &says(Some("Fecha y sede")));
                assert!(open.subject.ends_with("Fecha y sede"), "{}", open.subject);
                for part in [&open.text, &open.html] {
                    assert!(part.contains(written_one), "{part}");
                    assert!(!part.contains('⟦'), "{part}");
                }
                let named = step == InformalStep::Opened && helpful_by.is_some();
                assert_eq!(open.text.contains(year), named, "{}", open.text);
                seen.insert(open.text);
                let closed = written(tongue, &says(None));
                assert!(!closed.subject.contains(':'), "{}", closed.subject);
                assert!(!closed.text.contains("Fecha y sede"), "{}", closed.text);
            }
        }
        assert_eq!(seen.len(), 4);
        let dated = |days| Says::Informal {
            step: InformalStep::Opened,
            topic: None,
            helpful_by: Some(day),
            days,
            link: "https://conference.example/x",
        };
        let named = "29 y 30 de noviembre de 2011";
        for part in [
            written(tongue, &dated(Some(named))).text,
            written(tongue, &dated(Some(named))).html,
        ] {
            assert!(part.contains(named) && part.contains("provisional"));
        }
        assert!(!written(tongue, &dated(None)).text.contains("provisional"));
    }
}

#[test]
fn a_test_copy_is_marked_and_otherwise_reads_as_the_letter() {
    let zone = TimeZone::get("America/Tegucigalpa").unwrap();
    let says = Says::Consultation {
        step: Step::Round,
        topic: Some("Fecha y sede"),
        term: Some(term(&zone)),
        link: "https://conference.example/x",
    };
    for (tongue, mark) in [
        (Tongue::Spanish, "[Copia de prueba] "),
        (Tongue::English, "[Test copy] "),
    ] {
        let letter = written(tongue, &says);
        let to = To {
            conference: "La Conferencia",
            name: "María <Ficticia>",
            tongue,
            zone: &zone,
        };
        let copy = test_copy(&to, &says);
        assert_eq!(copy.subject, format!("{mark}{}", letter.subject));
        assert!(copy.text.contains(&letter.gist), "{}", copy.text);
        assert!(copy.html.contains(&letter.gist), "{}", copy.html);
        assert_ne!(copy.gist, letter.gist);
    }
}

#[test]
fn the_letter_of_a_day_lists_each_letter_with_its_link() {
    let [_, confirm, presidency, ends] = all();
    for tongue in Tongue::ALL {
        let letters = [&confirm, &presidency, &ends].map(|says| written(tongue, says));
        let to = To {
            conference: "La Conferencia",
            name: "María <Ficticia>",
            tongue,
            zone: &TimeZone::UTC,
        };
        let day = jiff::civil::date(2012, 2, 1);
        let account = "https://conference.example/account";
        let one = daily(&to, day, &letters, account);
        assert!(one.subject.contains("2012"), "{}", one.subject);
        assert!(
            one.html.contains("María &#60;Ficticia&#62;"),
            "{}",
            one.html
        );
        for part in [&one.text, &one.html] {
            assert!(!part.contains('⟦') && !part.to_lowercase().contains("comity"));
            assert!(part.contains(account), "{part}");
        }
        for letter in &letters {
            assert!(one.text.contains(&letter.subject), "{}", one.text);
            assert!(one.text.contains(&letter.gist), "{}", one.text);
        }
        assert_eq!(one.text.matches("https://conference.example/x").count(), 3);
        assert!(
            one.html
                .contains("<a href=\"https://conference.example/x\">")
        );
    }
}

/// A country whose term ends on 19 October, in a round that closes for all a day later.
fn term(zone: &TimeZone) -> TermTold<'_> {
    TermTold {
        until: "2011-10-20T06:00:00Z".parse().unwrap(),
        zone,
        closes_at: "2011-10-21T06:00:00Z".parse().unwrap(),
        over: false,
        left: 2,
        not_at_one: false,
    }
}

/// Until when an answer is taken stands in the letter that asks for it; and a reminder says what is true on its day.
#[test]
fn a_letter_of_a_term_says_how_it_stands() {
    let zone = TimeZone::get("America/Tegucigalpa").unwrap();
    let of = |tongue, step, term| {
        let says = Says::Consultation {
            step,
            topic: None,
            term: Some(term),
            link: "https://conference.example/x",
        };
        written(tongue, &says).gist
    };
    let now = term(&zone);
    for (tongue, closes, left, one, none, differ) in [
        (
            Tongue::Spanish,
            "cierra para todos el 20 de octubre de 2011, 24:00",
            "Quedan 2 días hábiles",
            "Queda un día hábil",
            "Aún no consta ninguna respuesta",
            "difieren",
        ),
        (
            Tongue::English,
            "closes for all on 20 October 2011, 24:00",
            "2 working days are left",
            "One working day is left",
            "No answer stands",
            "differ",
        ),
    ] {
        for step in [Step::Round, Step::Extended] {
            assert!(of(tongue, step, now).contains(closes));
        }
        let reminder = of(tongue, Step::Reminder, now);
        assert!(
            reminder.contains(left) && reminder.contains(none),
            "{reminder}"
        );
        assert!(of(tongue, Step::Reminder, TermTold { left: 1, ..now }).contains(one));
        for step in [Step::Reminder, Step::LastDay] {
            let not_at_one = TermTold {
                not_at_one: true,
                ..now
            };
            let said = of(tongue, step, not_at_one);
            assert!(said.contains(differ) && !said.contains(none), "{said}");
        }
        let before = of(tongue, Step::Entered, now);
        let after = of(tongue, Step::Entered, TermTold { over: true, ..now });
        assert_ne!(before, after);
    }
}

#[test]
fn a_consultation_writes_of_each_step_in_both_languages() {
    let zone = TimeZone::get("America/Tegucigalpa").unwrap();
    for tongue in Tongue::ALL {
        let mut seen = std::collections::BTreeSet::new();
        for step in Step::ALL {
            let says = |topic| Says::Consultation {
                step,
                topic,
                term: Some(term(&zone)),
                link: "https://conference.example/x",
            };
            let open = written(tongue, &says(Some("Fecha y sede")));
            assert!(open.subject.ends_with("Fecha y sede"), "{}", open.subject);
            assert!(!open.text.contains('⟦'), "{}", open.text);
            let timed = matches!(
                step,
                Step::Round | Step::Extended | Step::Reminder | Step::LastDay
            );
            assert_eq!(
                open.text.contains("24:00 (America/Tegucigalpa)"),
                timed,
                "{step:?}"
            );
            // What is of the closed door does not stand in a letter.
            let closed = written(tongue, &says(None));
            assert!(!closed.subject.contains("Fecha"), "{}", closed.subject);
            assert!(
                seen.insert(open.text),
                "{step:?} says what another step says"
            );
        }
    }
}

#[test]
fn an_instant_is_written_in_the_zone_of_whoever_gets_the_letter() {
    let [invitation, _, presidency, ends] = all();
    let spanish = |says| written(Tongue::Spanish, says).text;
    assert!(spanish(&invitation).contains("8 de febrero de 2012, 10:00 (America/Panama)"));
    assert!(spanish(&presidency).contains("8 de febrero de 2012, 10:00 (America/Panama)"));
    let english = written(Tongue::English, &ends);
    assert!(
        english.subject.contains("8 February 2012"),
        "{}",
        english.subject
    );
}

#[test]
fn an_invitation_is_written_whole_in_both_languages() {
    let [invitation, ..] = all();
    assert_eq!(
            written(Tongue::Spanish, &invitation).text,
            "Conferencia Regional sobre Migración

Reciba un cordial saludo, María <Ficticia>:

Honduras le designó para el puesto «Punto focal» en la Conferencia Regional sobre Migración.

Con el enlace de abajo entra por primera vez. Es personal y sirve una sola vez; no lo reenvíe.

Entrar por primera vez:
https://conference.example/x

El enlace caduca el 8 de febrero de 2012, 10:00 (America/Panama). Si llega tarde, pida otro a quien le designó.

--
Envía esta carta la Secretaría Técnica de la Conferencia Regional sobre Migración.
La recibe porque ocupa un puesto en la Conferencia. Si no le corresponde, avise a quien designa a las personas de su \
país u organización."
        );
    assert_eq!(
            written(Tongue::English, &invitation).text,
            "Regional Conference on Migration

Good day, María <Ficticia>,

Honduras has named you for the seat \"Punto focal\" in the Regional Conference on Migration.

With the link below you sign in for the first time. It is personal and works once; do not pass it on.

Sign in for the first time:
https://conference.example/x

The link ends on 8 February 2012, 10:00 (America/Panama). If that is too late, ask whoever named you for another.

--
This letter is sent by the Technical Secretariat of the Regional Conference on Migration.
You receive it because you hold a seat in the Conference. If it is not meant for you, tell whoever names the people \
of your country or organisation."
        );
}

#[test]
fn each_letter_says_what_it_is_about_in_both_languages() {
    let [_, confirm, presidency, ends] = all();
    for (tongue, says, subject, sentence) in [
        (
            Tongue::Spanish,
            &confirm,
            "Conferencia Regional sobre Migración: confirme sus datos de contacto",
            "Hace más de seis meses que no confirma sus datos de contacto, o todavía no lo ha hecho.",
        ),
        (
            Tongue::English,
            &confirm,
            "Regional Conference on Migration: please confirm your contact data",
            "You have not confirmed your contact data for more than six months, or never yet.",
        ),
        (
            Tongue::Spanish,
            &presidency,
            "La Presidencia Pro-Témpore pasa a Honduras",
            "La Presidencia Pro-Témpore pasa a Honduras el 8 de febrero de 2012, 10:00 (America/Panama).",
        ),
        (
            Tongue::English,
            &presidency,
            "The Presidency Pro-Témpore passes to Honduras",
            "The Presidency Pro-Témpore passes to Honduras on 8 February 2012, 10:00 (America/Panama).",
        ),
        (
            Tongue::Spanish,
            &ends,
            "Su puesto termina el 8 de febrero de 2012",
            "Su designación como «Punto focal» de Honduras termina el 8 de febrero de 2012.",
        ),
        (
            Tongue::English,
            &ends,
            "Your seat ends on 8 February 2012",
            "Your designation as \"Punto focal\" of Honduras ends on 8 February 2012.",
        ),
    ] {
        let letter = written(tongue, says);
        assert_eq!(letter.subject, subject);
        assert!(letter.text.contains(sentence), "{}", letter.text);
    }
}
