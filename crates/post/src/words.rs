//! The words of letters, in the language of whoever gets them.

use askama::Template;
use comity_wording::{Tongue, Wording};
use jiff::Timestamp;
use jiff::tz::TimeZone;

use crate::{InformalStep, Step};

/// What a letter says, in the words of the one who gets it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Says<'a> {
    Invitation {
        seat: &'a str,
        party: &'a str,
        link: &'a str,
        until: Timestamp,
    },
    ConfirmData {
        /// The address of the page where it is done.
        link: &'a str,
    },
    PresidencyHandedOver {
        party: &'a str,
        from: Timestamp,
        link: &'a str,
    },
    SeatEnds {
        seat: &'a str,
        party: &'a str,
        on: jiff::civil::Date,
        link: &'a str,
    },
    Consultation {
        step: Step,
        /// Absent where it is not to be read on the way.
        topic: Option<&'a str>,
        /// When the term of the country ends, by the clock of its capital.
        until: Option<(Timestamp, &'a TimeZone)>,
        link: &'a str,
    },
    Informal {
        step: InformalStep,
        /// Absent where it is not to be read on the way.
        topic: Option<&'a str>,
        /// By which day an answer is helpful; no deadline.
        helpful_by: Option<jiff::civil::Date>,
        /// The days that it asks about, in words, where the letter brings them for a calendar.
        days: Option<&'a str>,
        link: &'a str,
    },
}

/// To whom a letter goes, and from which conference.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct To<'a> {
    pub conference: &'a str,
    pub name: &'a str,
    pub tongue: Tongue,
    /// In which they work: instants are written in it, and it is named.
    pub zone: &'a TimeZone,
}

/// A letter without its envelope.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    pub subject: String,
    pub text: String,
    pub html: String,
    /// What it says in short, and where it leads: for the letter of a day that goes in its place.
    pub gist: String,
    pub link: String,
}

#[derive(Template)]
#[template(path = "letter.txt", escape = "none")]
struct Plain<'a> {
    letter: &'a Parts,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Page<'a> {
    letter: &'a Parts,
}

struct Parts {
    code: &'static str,
    conference: String,
    subject: String,
    greeting: String,
    paragraphs: Vec<String>,
    link: String,
    button: String,
    after: Option<String>,
    sender: String,
    why: String,
}

/// Writes a letter.
///
/// # Panics
/// Never: the templates are checked when the program is built.
pub fn letter(to: &To<'_>, says: &Says<'_>) -> Written {
    written(parts(to, says))
}

/// The same letter as a test copy: marked in its subject and before all else.
///
/// # Panics
/// Never: the templates are checked when the program is built.
pub fn test_copy(to: &To<'_>, says: &Says<'_>) -> Written {
    let words = Wording::get(to.tongue);
    let mut parts = parts(to, says);
    let subject = [("subject", parts.subject.as_str().into())];
    parts.subject = words.say_with("mail-test-copy-subject", &subject);
    let marked = match says {
        Says::Informal { .. } => "mail-informal-test-copy",
        _ => "mail-test-copy",
    };
    parts.paragraphs.insert(0, words.say(marked).into_owned());
    written(parts)
}

fn written(parts: Parts) -> Written {
    let render = |drawn: Result<String, askama::Error>| drawn.expect("a letter of texts");
    Written {
        text: render(Plain { letter: &parts }.render()),
        html: render(Page { letter: &parts }.render()),
        gist: parts.paragraphs.join(" "),
        link: parts.link,
        subject: parts.subject,
    }
}

#[derive(Template)]
#[template(path = "daily.txt", escape = "none")]
struct PlainDaily<'a> {
    letter: &'a Day<'a>,
}

#[derive(Template)]
#[template(path = "daily.html")]
struct PageDaily<'a> {
    letter: &'a Day<'a>,
}

struct Day<'a> {
    code: &'static str,
    conference: &'a str,
    subject: String,
    greeting: String,
    lead: String,
    letters: &'a [Written],
    after: String,
    sender: String,
    why: String,
}

/// Writes the letter of a day, of the letters in whose place it goes; `link` leads to where it is chosen.
///
/// # Panics
/// Never: the templates are checked when the program is built.
pub fn daily(to: &To<'_>, day: jiff::civil::Date, letters: &[Written], link: &str) -> Written {
    let words = Wording::get(to.tongue);
    let day = words.day(day);
    let titled = [("conference", to.conference.into()), ("day", day.into())];
    let letter = Day {
        code: to.tongue.code(),
        conference: to.conference,
        subject: words.say_with("mail-daily-subject", &titled),
        greeting: words.say_with("mail-greeting", &[("name", to.name.into())]),
        lead: words.say_with("mail-daily", &[("count", letters.len().into())]),
        letters,
        after: words.say_with("mail-daily-chosen", &[("link", link.into())]),
        sender: words.say_with("mail-sender", &[("conference", to.conference.into())]),
        why: words.say("mail-why").into_owned(),
    };
    let render = |drawn: Result<String, askama::Error>| drawn.expect("a letter of texts");
    Written {
        text: render(PlainDaily { letter: &letter }.render()),
        html: render(PageDaily { letter: &letter }.render()),
        gist: letter.lead,
        link: link.to_owned(),
        subject: letter.subject,
    }
}

fn parts(to: &To<'_>, says: &Says<'_>) -> Parts {
    let words = Wording::get(to.tongue);
    let say = |key: &str| words.say(key).into_owned();
    let with = |key: &str, values: &[(&str, &str)]| {
        let values: Vec<_> = values
            .iter()
            .map(|(name, value)| (*name, (*value).into()))
            .collect();
        words.say_with(key, &values)
    };
    let conference = [("conference", to.conference)];
    let (subject, paragraphs, link, button, after) = match says {
        Says::Invitation {
            seat,
            party,
            link,
            until,
        } => (
            with("mail-invitation-subject", &conference),
            vec![
                with(
                    "mail-invitation",
                    &[
                        ("seat", seat),
                        ("party", party),
                        ("conference", to.conference),
                    ],
                ),
                say("mail-invitation-how"),
            ],
            *link,
            say("mail-invitation-go"),
            Some(with(
                "mail-invitation-until",
                &[("when", &moment(words, *until, to.zone))],
            )),
        ),
        Says::ConfirmData { link } => (
            with("mail-confirm-subject", &conference),
            vec![say("mail-confirm")],
            *link,
            say("mail-confirm-go"),
            None,
        ),
        Says::PresidencyHandedOver { party, from, link } => (
            with("mail-presidency-subject", &[("party", party)]),
            vec![with(
                "mail-presidency",
                &[("party", party), ("when", &moment(words, *from, to.zone))],
            )],
            *link,
            say("mail-presidency-go"),
            None,
        ),
        Says::SeatEnds {
            seat,
            party,
            on,
            link,
        } => (
            with("mail-seat-ends-subject", &[("day", &words.day(*on))]),
            vec![with(
                "mail-seat-ends",
                &[("seat", seat), ("party", party), ("day", &words.day(*on))],
            )],
            *link,
            say("mail-seat-ends-go"),
            None,
        ),
        Says::Consultation {
            step,
            topic,
            until,
            link,
        } => {
            let until = until.map(|(at, zone)| deadline(words, at, zone));
            (
                match topic {
                    Some(topic) => with("mail-consultation-subject", &[("topic", topic)]),
                    None => say("mail-consultation-subject-closed"),
                },
                vec![with(
                    &format!("mail-{}", step.as_str()),
                    &[("until", until.as_deref().unwrap_or_default())],
                )],
                *link,
                say("mail-consultation-go"),
                Some(say("mail-consultation-not-here")),
            )
        }
        Says::Informal {
            step,
            topic,
            helpful_by,
            days,
            link,
        } => {
            let day = helpful_by.filter(|_| *step == InformalStep::Opened);
            let asks = match day {
                Some(day) => with("mail-informal-opened-day", &[("day", &words.day(day))]),
                None => say(&format!("mail-{}", step.as_str())),
            };
            let dated = days.map(|days| with("mail-informal-date", &[("days", days)]));
            (
                match topic {
                    Some(topic) => with("mail-informal-subject", &[("topic", topic)]),
                    None => say("mail-informal-subject-closed"),
                },
                [asks].into_iter().chain(dated).collect(),
                *link,
                say("mail-informal-go"),
                Some(say("mail-informal-is-not")),
            )
        }
    };
    Parts {
        code: to.tongue.code(),
        conference: to.conference.to_owned(),
        subject,
        greeting: with("mail-greeting", &[("name", to.name)]),
        paragraphs,
        link: link.to_owned(),
        button,
        after,
        sender: with("mail-sender", &conference),
        why: say("mail-why"),
    }
}

/// "11 April 2012, 24:00 (America/Tegucigalpa)": midnight belongs to the day that it ends.
pub fn deadline(words: &Wording, at: Timestamp, zone: &TimeZone) -> String {
    let wall = zone.to_datetime(at);
    let name = zone.iana_name().unwrap_or("UTC");
    match wall.date().yesterday() {
        Ok(before) if (wall.hour(), wall.minute()) == (0, 0) => {
            format!("{}, 24:00 ({name})", words.day(before))
        }
        _ => moment(words, at, zone),
    }
}

/// "16 January 2012, 10:00 (America/Panama)".
fn moment(words: &Wording, at: Timestamp, zone: &TimeZone) -> String {
    let wall = zone.to_datetime(at);
    let name = zone.iana_name().unwrap_or("UTC");
    let day = words.day(wall.date());
    format!("{day}, {:02}:{:02} ({name})", wall.hour(), wall.minute())
}

#[cfg(test)]
mod tests {
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
            until: Some(("2011-10-20T06:00:00Z".parse().unwrap(), &zone)),
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

    #[test]
    fn a_consultation_writes_of_each_step_in_both_languages() {
        let zone = TimeZone::get("America/Tegucigalpa").unwrap();
        let until = "2011-10-20T06:00:00Z".parse().unwrap();
        for tongue in Tongue::ALL {
            let mut seen = std::collections::BTreeSet::new();
            for step in Step::ALL {
                let says = |topic| Says::Consultation {
                    step,
                    topic,
                    until: Some((until, &zone)),
                    link: "https://conference.example/x",
                };
                let open = written(tongue, &says(Some("Fecha y sede")));
                assert!(open.subject.ends_with("Fecha y sede"), "{}", open.subject);
                assert!(!open.text.contains('⟦'), "{}", open.text);
                let timed = matches!(step, Step::Round | Step::Reminder | Step::LastDay);
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

Buenos días, María <Ficticia>:

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
}
