//! A written consultation lived through over the real program, from mid-round to the report: as the Presidency, as states, as the
//! Secretariat, and as those who see nothing of it.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

mod served;

use served::{Answer, Offer, Served, Visit, between, seat, send};

struct Cast<'a> {
    site: &'a Served,
    offers: Vec<Offer>,
}

impl<'a> Cast<'a> {
    fn of(site: &'a Served) -> Self {
        let offers = site.offers("/en/take-a-seat");
        Self { site, offers }
    }

    fn speaker(&self, party: &str) -> Visit<'a> {
        self.site
            .take(&seat(&self.offers, party, "Designated speaker"))
    }
}

/// The consultation that the demonstration carries.
fn path(visit: &Visit<'_>) -> String {
    let list = visit.get("/en/consultations");
    assert_eq!(list.status, 200, "{}", list.body);
    format!(
        "/en/consultations/{}",
        between(&list.body, "<h2><a href=\"/en/consultations/", "\"")
    )
}

fn done(answer: &Answer) {
    assert_eq!(answer.status, 303, "{}", answer.body);
}

fn refused(answer: &Answer, says: &str) {
    assert_eq!(answer.status, 422, "{}", answer.body);
    assert!(answer.body.contains(says), "{says}: {}", answer.body);
}

/// What is seen of a country in the last round.
fn row(page: &str, party: &str) -> String {
    let from = page
        .find(&format!("<h3>{party}</h3>"))
        .unwrap_or_else(|| panic!("{party}: {page}"));
    let rest = &page[from..];
    rest[..rest.find("</li>").unwrap()].to_owned()
}

/// How the term of a country was counted, day by day.
fn counted_days(page: &str, party: &str) -> String {
    let mut tables = page.split("<h4>").skip(1);
    let found = tables.find(|table| {
        let named = table.split("</h4>").next().unwrap();
        named.contains(party) && table.contains("<table>")
    });
    let found = found.unwrap_or_else(|| panic!("{party}: {page}"));
    found[..found.find("</table>").unwrap()].to_owned()
}

/// A state's answer, in the place of what it saw standing.
fn state(visit: &Visit<'_>, path: &str, answer: &str, more: &str) -> Answer {
    let page = visit.get(path).body;
    let standing = between(&page, "name=\"in_place_of\" value=\"", "\"");
    let standing = standing.trim().replace(' ', "+");
    visit.post(
        path,
        &format!("do=state&answer={answer}&in_place_of={standing}{more}"),
    )
}

fn put_forward(site: &Served, by: &str) {
    let moved = site.ask(
        "POST",
        "/en/clock",
        "Sec-Fetch-Site: same-origin\r\n",
        &format!("by={by}&back=/en/meetings"),
    );
    assert_eq!(
        (moved.status, moved.to()),
        (303, "/en/meetings"),
        "{}",
        moved.body
    );
}

/// Puts the clock forward until the round is closed for all.
fn close(site: &Served, visit: &Visit<'_>, path: &str) {
    for _ in 0..12 {
        if visit
            .get(path)
            .body
            .contains("is closed; the Presidency chooses")
        {
            return;
        }
        put_forward(site, "end");
    }
    panic!("a round has eleven terms at most");
}

const WHY: &str = "&why_es=Por+el+traslado&why_en=For+the+journey";

#[test]
fn a_consultation_is_lived_through_from_a_running_round_to_the_report() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (presidency, honduras) = (cast.speaker("Dominican Republic"), cast.speaker("Honduras"));
    let (guatemala, mexico) = (cast.speaker("Guatemala"), cast.speaker("Mexico"));
    let path = &path(&presidency);
    assert_eq!(path, &self::path(&honduras));

    // In mid-round: each country has its own clock, and sees its own answer only.
    let page = honduras.get(path).body;
    assert!(page.contains("Illustration"), "{page}");
    assert_eq!(page.matches("class=\"c-clock\" width=").count(), 11);
    assert!(
        row(&page, "Honduras").contains("No communication yet"),
        "{page}"
    );
    assert!(!row(&page, "Guatemala").contains("communication"), "{page}");
    assert!(!page.contains("countries have answered"), "{page}");
    // That the notice was received is one tap, once; the Presidency sees it and who opened the page, the other members do not.
    done(&honduras.post(path, "do=note&passage=acknowledged"));
    refused(
        &honduras.post(path, "do=note&passage=acknowledged"),
        "on record already",
    );
    let board = presidency.get(path).body;
    assert!(
        row(&board, "Honduras").contains("Acknowledged<span class=\"c-opened\"> · page opened")
    );
    assert!(row(&board, "Nicaragua").contains("not opened"), "{board}");
    assert!(!guatemala.get(path).body.contains("Acknowledged"));
    refused(
        &guatemala.post(path, "do=note&passage=acknowledged&party=honduras"),
        "from your seat",
    );
    refused(&honduras.post(path, "do=state"), "Choose an answer");
    refused(
        &state(&honduras, path, "agrees_with_reservation", ""),
        "words",
    );
    // A page that is open learns that it is no longer as it was drawn, and of nothing that its seat does not see.
    let mark = |visit: &Visit<'_>| visit.get(&format!("{path}/live")).body;
    let (own, others, board) = (mark(&honduras), mark(&guatemala), mark(&presidency));
    assert!(own.starts_with("retry: 5000\ndata: "), "{own}");
    assert_eq!(own, mark(&honduras));
    done(&state(&honduras, path, "no_objection", ""));
    assert_ne!(own, mark(&honduras));
    assert_ne!(board, mark(&presidency));
    assert_eq!(others, mark(&guatemala));
    let file = honduras.get(&format!("{path}/deadline.ics"));
    assert!(
        file.body.contains("DTEND:20111020T060000Z"),
        "{}",
        file.body
    );
    assert!(row(&honduras.get(path).body, "Honduras").contains("No objection"));
    assert!(!guatemala.get(path).body.contains("✓"));
    let board = presidency.get(path).body;
    assert!(row(&board, "Honduras").contains("No objection"));
    assert!(board.contains("2 of 11 countries have answered"), "{board}");
    assert!(
        board.contains("Dominican Republic proposes a change"),
        "{board}"
    );
    // Several changes come with one answer, each to its paragraph; without any there is nothing to propose.
    refused(&state(&mexico, path, "proposes_change", ""), "paragraph");
    done(&state(
        &mexico,
        path,
        "proposes_change",
        "&change_1=En+enero&change_why_1=Por+la+lluvia&change_3=Una+semana",
    ));
    let page = mexico.get(path).body;
    assert!(page.contains("<h4>Mexico, paragraph 1</h4>"), "{page}");
    assert!(page.contains("<h4>Mexico, paragraph 3</h4>") && page.contains("Por la lluvia"));
    // A change with an answer of another kind is refused, not lost; a comment comes with any.
    refused(
        &state(&mexico, path, "no_objection", "&change_1=En+enero"),
        "other answers have none",
    );
    let comments = "&comment_0=%3DGracias&comment_2=Sin+prisa";
    done(&state(&mexico, path, "no_objection", comments));
    let own = mexico.get(&format!("{path}/comments.csv")).body;
    let lines: Vec<&str> = own.lines().collect();
    assert_eq!(lines.len(), 3, "{own}");
    assert!(
        lines[1].starts_with("1,Mexico,the text as a whole,comment,'=Gracias,"),
        "{own}"
    );
    assert!(
        lines[2].starts_with("1,Mexico,paragraph 2,comment,Sin prisa,"),
        "{own}"
    );
    let all = presidency.get(&format!("{path}/comments.csv")).body;
    assert!(
        all.contains("Sin prisa") && all.contains("proposed change"),
        "{all}"
    );
    assert!(
        !guatemala
            .get(&format!("{path}/comments.csv"))
            .body
            .contains("Sin prisa")
    );
    done(&state(&mexico, path, "no_objection", ""));
    // An answer is changed until the close, and given twice by nobody.
    refused(
        &state(&honduras, path, "no_objection", ""),
        "stands already",
    );
    let remark = "&comment_1=Una+pregunta+sobre+la+fecha.";
    done(&state(&honduras, path, "agrees", remark));
    assert!(!row(&honduras.get(path).body, "Honduras").contains("No objection"));
    // Nobody speaks for another country, nor for the Presidency.
    let other = format!("do=state&answer=objects&party=guatemala&in_place_of={WHY}");
    refused(&honduras.post(path, &other), "from your seat");
    refused(
        &honduras.post(path, &format!("do=certify{WHY}")),
        "from your seat",
    );

    // The change is taken in part; while the term runs there is no other round and no certificate.
    let position = between(&board, "name=\"position\" value=\"", "\"");
    let dispose = format!("do=dispose&position={position}&change=0&disposition=in_part{WHY}");
    // The last visit is over: a desk tells what was done since.
    for visit in [&guatemala, &presidency] {
        assert_eq!(visit.get("/en/desk").status, 200);
    }
    done(&presidency.post(path, &dispose));
    let told = cast.speaker("Dominican Republic").get("/en/desk").body;
    assert!(told.contains("Proposed change answered"), "{told}");
    let desk = cast.speaker("Guatemala").get("/en/desk").body;
    for hidden in [
        "Proposed change answered",
        "Passage of a notice",
        "Position stated",
    ] {
        assert!(!desk.contains(hidden), "{hidden}: {desk}");
    }
    refused(&presidency.post(path, &format!("do=certify{WHY}")), "term");
    close(&site, &presidency, path);
    let board = presidency.get(path).body;
    assert!(board.contains("the text goes to all again"), "{board}");
    refused(
        &presidency.post(path, &format!("do=certify{WHY}")),
        "no consensus",
    );

    // Members read who answered what, once the round is closed.
    assert!(row(&guatemala.get(path).body, "Honduras").contains("Agrees"));
    assert!(row(&guatemala.get(path).body, "Canada").contains("No communication received"));

    // Another round, across the holidays of early November: each country has others.
    for _ in 0..8 {
        put_forward(&site, "day");
    }
    let text = "&text_es=Uno.%0A%0ADos+nuevo.&text_en=One.%0A%0ATwo+anew.";
    let differ = "&text_es=Uno.%0A%0ADos.&text_en=One.";
    let knowingly = "&knowingly=yes";
    refused(
        &presidency.post(path, &format!("do=open{differ}{WHY}{knowingly}")),
        "different numbers of paragraphs",
    );
    refused(
        &presidency.post(path, &format!("do=open{text}{WHY}")),
        "reached",
    );
    done(&presidency.post(path, &format!("do=open{text}{WHY}{knowingly}")));
    let page = honduras.get(path).body;
    assert!(page.contains("round 2"), "{page}");
    assert!(page.contains("<ins>") && page.contains("<del>"), "{page}");
    // Each country has its own days off, and says so day by day.
    for (party, off, counted) in [
        ("El Salvador", Some("2 November 2011"), "1 November 2011"),
        ("Guatemala", Some("1 November 2011"), "2 November 2011"),
        ("Panama", Some("3 November 2011"), "2 November 2011"),
        ("Honduras", None, "2 November 2011"),
    ] {
        let days = counted_days(&page, party);
        let of = |day: &str| between(&days, &format!(" {day}</th>"), "</tr>");
        assert!(of(counted).contains("working day "), "{party}: {days}");
        match off {
            Some(off) => assert!(of(off).contains(", not counted"), "{party}: {days}"),
            None => {
                let other = days.replace("weekend, not counted", "");
                let other = other.replace("day of sending, not counted", "");
                assert!(!other.contains("not counted"), "{party}: {days}");
            }
        }
    }
    assert!(
        row(&page, "Honduras").contains("No communication yet"),
        "a new text, a new answer"
    );

    // What was said in the round before, and got no answer, gets one now.
    let board = presidency.get(path).body;
    let (_, pending) = board.split_once("id=\"pending\"").unwrap();
    assert!(
        pending.contains("Una pregunta sobre la fecha.")
            && pending.contains("Honduras, round 1, paragraph 1")
    );
    assert!(!honduras.get(path).body.contains("id=\"pending\""));
    let position = between(pending, "name=\"position\" value=\"", "\"");
    let dispose = format!("do=dispose&position={position}&change=0&disposition=not_taken{WHY}");
    done(&presidency.post(path, &dispose));
    assert!(!presidency.get(path).body.contains("id=\"pending\""));
    let before = honduras.get(&format!("{path}?round=1")).body;
    let (_, after) = before.split_once("Una pregunta sobre la fecha.").unwrap();
    assert!(after.contains("Not taken"), "{after}");

    // What came by note is entered by the Secretariat; the state sees it and may correct it.
    let assistant = site.take(&seat(&cast.offers, "Secretariat", "Assistant"));
    let entered = "do=state&party=guatemala&answer=agrees&by=note&on=2011-10-20&in_place_of=";
    refused(
        &assistant.post(path, &format!("{entered}&reference=")),
        "from your seat",
    );
    let bare = "do=state&party=guatemala&answer=proposes_change&by=note&on=2011-10-20&in_place_of=";
    let change = "&change_2=El+jueves.&change_why_2=Es+feriado.&comment_1=Conforme.";
    done(&assistant.post(path, &format!("{bare}{change}&reference=Nota+MRE-11")));
    let board = presidency.get(path).body;
    for said in ["El jueves.", "Es feriado.", "Conforme.", "Nota MRE-11"] {
        assert!(board.contains(said), "{said}: {board}");
    }
    let seen = between(&assistant.get(path).body, "name=\"seen\" value=\"", "\"");
    let entered = format!(
        "do=state&party=guatemala&answer=agrees&by=note&on=2011-10-20&seen={}",
        seen.trim().replace(' ', "+")
    );
    done(&assistant.post(path, &format!("{entered}&reference=Nota+MRE-12")));
    assert!(row(&guatemala.get(path).body, "Guatemala").contains("Nota MRE-12"));
    done(&state(&guatemala, path, "no_objection", ""));
    assert!(!row(&guatemala.get(path).body, "Guatemala").contains("Nota MRE-12"));

    // After the close: a certificate, and a late objection that stops the launch.
    close(&site, &presidency, path);
    refused(&presidency.post(path, "do=launch"), "has to be certified");
    done(&presidency.post(path, &format!("do=certify{WHY}")));
    let page = guatemala.get(path).body;
    let certificate = between(&page, "id=\"certificate\"", "</table>");
    assert_eq!(certificate.matches("scope=\"row\"").count(), 11);
    refused(&state(&honduras, path, "agrees", ""), "only an objection");
    done(&state(&mexico, path, "objects", "&words=Otra+fecha"));
    let page = mexico.get(path).body;
    assert!(
        page.contains("The objection of your country stands")
            && !page.contains("value=\"proposes_change\"")
            && !page.contains("name=\"comment_1\""),
        "{page}"
    );
    assert!(!page.contains("id=\"certificate\""), "it holds no longer");
    refused(&presidency.post(path, "do=launch"), "no consensus");
    let board = presidency.get(path).body;
    assert!(board.contains("after the close"), "{board}");
    let objection = between(&board, "name=\"objection\" value=\"", "\"");
    done(&presidency.post(path, &format!("do=reply&objection={objection}{WHY}")));
    refused(&presidency.post(path, "do=launch"), "no consensus");
    done(&state(&mexico, path, "stands_aside", ""));
    // The certificate lists what was said before: it holds no longer, and another is made.
    let board = presidency.get(path).body;
    assert!(board.contains("holds no longer"), "{board}");
    refused(&presidency.post(path, "do=launch"), "has to be certified");
    done(&presidency.post(path, &format!("do=certify{WHY}")));
    done(&presidency.post(path, "do=launch"));

    // Nothing changes after the launch, but that it is reported.
    refused(
        &mexico.post(path, "do=state&answer=objects&in_place_of="),
        "from your seat",
    );
    refused(
        &presidency.post(path, &format!("do=withdraw{WHY}")),
        "is over",
    );
    // The public is told nothing before the report, and then no country's answer.
    let public = "/en/concluded-consultations";
    assert!(site.get(public).body.contains("No result was published"));
    done(&presidency.post(path, &format!("do=report&public=yes{WHY}")));
    let told = site.get(public).body;
    assert!(told.contains("Date and venue of a workshop"), "{told}");
    assert!(
        told.contains("action was launched on") && told.contains("Agreed text"),
        "{told}"
    );
    assert!(
        told.contains("2 rounds, 11 member countries asked"),
        "{told}"
    );
    for answer in ["Mexico", "Stands aside", "Otra fecha", "communication"] {
        assert!(!told.contains(answer), "{answer}: {told}");
    }
    assert!(mexico.get(path).body.contains("This report is public"));
    refused(
        &presidency.post(path, &format!("do=report{WHY}")),
        "reported already",
    );
    let page = guatemala.get(path).body;
    let report = between(&page, "id=\"report\"", "</table>");
    assert_eq!(report.matches("scope=\"row\"").count(), 11, "{report}");
    assert!(report.contains("No communication received"), "{report}");
    assert!(
        report.contains("Stands aside") && report.contains("not binding"),
        "{report}"
    );
    assert!(
        between(&report, "scope=\"row\">Mexico<", "</tr>").contains("after the close"),
        "how it came stands with it: {report}"
    );
    assert!(
        !page.contains("<ins>") && !page.contains("<del>"),
        "as it stands"
    );
}

#[test]
fn a_page_says_what_is_true_at_its_moment() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (presidency, honduras) = (cast.speaker("Dominican Republic"), cast.speaker("Honduras"));
    let guatemala = cast.speaker("Guatemala");
    let path = &path(&presidency);
    let live = format!("{path}/live");
    let mark = |page: &str| between(page, "data-mark=\"", "\"").to_owned();

    // The mark stands in the page from the start, and covers who opened it for whoever sees that.
    for (visit, page, asked) in [
        (&presidency, path.as_str(), live.as_str()),
        (&honduras, path, &live),
        (&honduras, "/en/consultations", "/en/consultations-live"),
    ] {
        let drawn = mark(&visit.get(page).body);
        assert!(visit.get(asked).body.contains(&drawn), "{page}");
    }
    let (board, own) = (
        mark(&presidency.get(path).body),
        mark(&honduras.get(path).body),
    );
    guatemala.get(path);
    assert!(!presidency.get(&live).body.contains(&board));
    assert!(honduras.get(&live).body.contains(&own));

    // Until an answer stands, it waits: for the country, and for whoever conducts it.
    let desk = |visit: &Visit<'_>| visit.get("/en/desk").body;
    assert!(desk(&presidency).contains("10 of 11 countries have not answered"));
    assert!(!desk(&honduras).contains("countries have not answered"));
    let board = presidency.get(path).body;
    assert!(
        !board.contains("Nothing stands against consensus"),
        "{board}"
    );
    // Two answers of one country are shown to it and counted for nobody.
    for answer in ["no_objection", "agrees"] {
        done(&honduras.post(path, &format!("do=state&answer={answer}&in_place_of=")));
    }
    let page = honduras.get(path).body;
    assert!(page.contains("Answers of your country differ"), "{page}");
    assert!(!page.contains("An answer stands."), "{page}");
    let board = presidency.get(path).body;
    assert!(board.contains("1 of 11 countries has answered"), "{board}");
    assert!(desk(&presidency).contains("10 of 11 countries have not answered"));
    // Whoever changes an answer finds it in the form.
    done(&state(
        &honduras,
        path,
        "proposes_change",
        "&change_1=En+enero&comment_2=Conforme",
    ));
    let page = honduras.get(path).body;
    let form = between(&page, "id=\"state\"", "</section>");
    assert!(
        form.contains("value=\"proposes_change\" required checked"),
        "{form}"
    );
    assert!(form.contains(">En enero</textarea>") && form.contains(">Conforme</textarea>"));
    done(&state(&honduras, path, "objects", "&words=Otra+fecha"));

    // What was answered is told after the close, unless the very same text runs once more.
    close(&site, &presidency, path);
    assert!(row(&guatemala.get(path).body, "Honduras").contains("Otra fecha"));
    done(&presidency.post(path, &format!("do=open&knowingly=yes{WHY}")));
    let before = guatemala.get(&format!("{path}?round=1")).body;
    assert!(
        before.contains("The same text runs in a new round"),
        "{before}"
    );
    assert!(!before.contains("Otra fecha"), "{before}");
    let own = honduras.get(&format!("{path}?round=1")).body;
    assert!(row(&own, "Honduras").contains("Otra fecha"), "{own}");

    // A round that is cut short does not look as if it ran.
    done(&presidency.post(path, &format!("do=withdraw{WHY}")));
    let page = presidency.get(path).body;
    for said in ["Would have closed on", "Ended before its term was over"] {
        assert!(page.contains(said), "{said}: {page}");
    }
    let canada = row(&page, "Canada");
    assert!(canada.contains("until the consultation ended"), "{canada}");
    assert!(!page.contains("working days left"), "{page}");
}

#[test]
fn a_refusal_of_the_troika_is_said_and_waited_for() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (presidency, panama) = (cast.speaker("Dominican Republic"), cast.speaker("Panama"));
    let made = presidency.post(
        "/en/consultations/new",
        "party=dominican-republic&topic_es=Tema&topic_en=Topic&now_es=Ya&now_en=Now&agreed_es=Todos&agreed_en=All\
         &matter=ordinary&text_es=Uno.&text_en=One.",
    );
    done(&made);
    let path = made.to().to_owned();
    let desk = presidency.get("/en/desk").body;
    assert!(
        desk.contains("Topic: the Troika’s reaction is awaited"),
        "{desk}"
    );
    done(&panama.post(&path, "do=react&reaction=does_not&words=Falta+la+sede"));
    let desk = presidency.get("/en/desk").body;
    assert!(
        desk.contains("the Presidency submits another text"),
        "{desk}"
    );
    assert!(
        presidency
            .get(&path)
            .body
            .contains("the Troika does not consent")
    );
    // It sees what it said, and may change it.
    let page = panama.get(&path).body;
    let own = between(&page, "id=\"react\"", "</section>");
    assert!(own.contains("Does not consent. Falta la sede"), "{own}");
    assert!(own.contains("Change the reaction"), "{own}");
    done(&panama.post(&path, "do=react&reaction=consents"));
    assert!(
        presidency
            .get(&path)
            .body
            .contains("the Troika’s reaction is awaited")
    );
}

#[test]
fn who_takes_no_part_finds_no_consultation() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let path = path(&cast.speaker("Honduras"));
    for offer in &cast.offers {
        let visit = site.take(&offer.filled);
        let answer = visit.get(&path);
        let member = [
            "Belize",
            "Canada",
            "Costa Rica",
            "Dominican Republic",
            "El Salvador",
            "Guatemala",
            "Honduras",
            "Mexico",
            "Nicaragua",
            "Panama",
            "United States",
        ];
        let takes_part = member.iter().any(|party| offer.party.starts_with(party))
            || ["Coordinator", "Assistant"]
                .iter()
                .any(|name| offer.seat.starts_with(name));
        assert_eq!(
            answer.status == 200,
            takes_part,
            "{offer:?}: {}",
            answer.status
        );
        let listed = visit.get("/en/consultations").body;
        assert_eq!(listed.contains("workshop"), takes_part, "{offer:?}");
        let form = visit.get("/en/consultations/new").status;
        let conducts = offer.party.starts_with("Dominican Republic");
        assert!(form != 200 || conducts || takes_part, "{offer:?}");
        if !takes_part {
            let said = visit.post(&path, "do=state&answer=objects&in_place_of=");
            assert_eq!(said.status, 404, "{offer:?}");
        }
    }
    // The public reads nothing of it anywhere.
    for public in ["/en/acts", "/en", "/en/consultations", &path] {
        let answer = site.get(public);
        assert!(!answer.body.contains("workshop (illustration)"), "{public}");
        assert!(!answer.body.contains("ConsultationSubmitted"), "{public}");
    }
    // Its clock is that of the demonstration: it goes forward by known steps, and leads nowhere else.
    let post = |form: &str| site.ask("POST", "/en/clock", "Sec-Fetch-Site: same-origin\r\n", form);
    assert_eq!(post("by=year&back=/en").status, 400);
    assert_eq!(post("by=hour&back=//elsewhere.example").to(), "/en/desk");
}

#[test]
fn a_course_of_action_goes_to_the_troika_first() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (presidency, panama) = (cast.speaker("Dominican Republic"), cast.speaker("Panama"));
    let (mexico, honduras) = (cast.speaker("Mexico"), cast.speaker("Honduras"));
    assert_eq!(honduras.get("/en/consultations/new").status, 404);
    let new = "/en/consultations/new";
    let form = |matter: &str| {
        format!(
            "party=dominican-republic&topic_es=Tema&topic_en=Topic&now_es=Ya&now_en=Now&agreed_es=Todos&agreed_en=All\
             &matter={matter}&text_es=Uno.&text_en=One."
        )
    };
    assert!(presidency.get(new).body.contains("Submit to the Troika"));
    // What the rules assume is marked where it is relied upon.
    for page in [new, "/en/working-days"] {
        let page = presidency.get(page).body;
        assert!(
            page.contains("does not say whose working days are meant"),
            "{page}"
        );
    }
    refused(
        &presidency.post(new, &form("observers")),
        "not settled in writing",
    );
    refused(&presidency.post(new, &form("closed_door")), "mandate");
    let made = presidency.post(new, &form("ordinary"));
    done(&made);
    let path = &made.to().to_owned();
    // The other members do not know of it yet, nor of one that ends before they are asked.
    assert_eq!(honduras.get(path).status, 404);
    let other = presidency.post(new, &form("ordinary")).to().to_owned();
    done(&presidency.post(&other, "do=withdraw&why_es=Sobra&why_en=Needless"));
    assert_eq!(
        (honduras.get(&other).status, mexico.get(&other).status),
        (404, 200)
    );
    done(&presidency.post(&other, "do=report&why_es=Sobra&why_en=Needless"));
    assert_eq!(
        (honduras.get(&other).status, mexico.get(&other).status),
        (404, 200)
    );
    refused(&presidency.post(path, "do=open&knowingly=yes"), "Troika");
    done(&mexico.post(path, "do=react&reaction=consents"));
    refused(&presidency.post(path, "do=open&knowingly=yes"), "Troika");
    done(&panama.post(path, "do=react&reaction=does_not&words=Falta+la+sede"));
    assert!(presidency.get(path).body.contains("Falta la sede"));
    // Another text, and both react anew.
    done(&presidency.post(
        path,
        "do=resubmit&text_es=Uno,+con+sede.&text_en=One,+with+a+venue.",
    ));
    for member in [&mexico, &panama] {
        let page = member.get(path).body;
        assert!(
            page.contains("<ins>") && page.contains("con sede"),
            "{page}"
        );
        done(&member.post(path, "do=react&reaction=consents"));
    }
    done(&presidency.post(path, "do=open&knowingly=yes"));
    assert!(
        !honduras.get(path).body.contains("<ins>"),
        "a first round has nothing before it"
    );
    assert_eq!(honduras.get(path).status, 200);
    assert!(honduras.get("/en/desk").body.contains("answer is awaited"));
    // What stands is sent anew also while the term runs, where it is said why.
    let page = presidency.get(path).body;
    assert!(page.contains("Send the same text anew"), "{page}");
    refused(&presidency.post(path, "do=open&knowingly=yes"), "why");
    done(&presidency.post(path, &format!("do=open&knowingly=yes{WHY}")));
    assert!(honduras.get(path).body.contains("Round 2"));
    // The Secretariat enters what came and then what came in its place: one answer stands.
    let assistant = site.take(&seat(&cast.offers, "Secretariat", "Assistant"));
    let enter = |answer: &str, note: u8| {
        let page = assistant.get(path).body;
        let seen = between(&page, "name=\"seen\" value=\"", "\"");
        assistant.post(
            path,
            &format!(
                "do=state&party=honduras&answer={answer}&by=note&on=2011-10-14&reference=Nota+{note}&seen={}",
                seen.trim().replace(' ', "+")
            ),
        )
    };
    done(&enter("objects", 1));
    done(&enter("agrees", 2));
    let said = row(&honduras.get(path).body, "Honduras");
    assert!(
        said.contains("Nota 2") && !said.contains("Nota 1"),
        "{said}"
    );
    assert!(!said.contains("none of them counts"), "{said}");
    done(&presidency.post(
        path,
        "do=refer&why_es=A+la+reuni%C3%B3n&why_en=To+the+meeting",
    ));
    done(&presidency.post(path, "do=report&why_es=Se+remite&why_en=Referred"));
    assert!(
        honduras
            .get(path)
            .body
            .contains("Referred to the next meeting")
    );
}

/// The section of the letters of a round.
fn mailing(visit: &Visit<'_>, path: &str) -> String {
    between(&visit.get(path).body, "id=\"mailing\"", "</section>")
}

#[test]
fn the_letters_of_a_round_are_listed_tried_stopped_and_sent() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (presidency, honduras) = (cast.speaker("Dominican Republic"), cast.speaker("Honduras"));
    let assistant = site.take(&seat(&cast.offers, "Secretariat", "Assistant"));
    let made = presidency.post(
        "/en/consultations/new",
        "party=dominican-republic&topic_es=Tema&topic_en=Topic&now_es=Ya&now_en=Now&agreed_es=Todos&agreed_en=All\
         &matter=ordinary&text_es=Uno.&text_en=One.",
    );
    done(&made);
    let path = &made.to().to_owned();
    for member in ["Mexico", "Panama"] {
        done(
            &cast
                .speaker(member)
                .post(path, "do=react&reaction=consents"),
        );
    }
    // Before the round is opened: the exact list, and a copy for oneself.
    let before = mailing(&presidency, path);
    for part in [
        "Send me a test copy",
        "@honduras.example",
        "Designated speaker",
    ] {
        assert!(before.contains(part), "{part}: {before}");
    }
    refused(&presidency.post(path, "do=stop-letters"), "stands now");
    done(&presidency.post(path, "do=test-copy"));
    let copy = mailing(&presidency, path);
    assert!(copy.contains("Last test copy"), "{copy}");
    assert_eq!(honduras.post(path, "do=test-copy").status, 404);

    done(&presidency.post(path, "do=open&knowingly=yes"));
    let held = mailing(&presidency, path);
    for part in ["Send now", "Stop these letters", "The letters go out from"] {
        assert!(held.contains(part), "{part}: {held}");
    }
    let list = |page: &str| page.matches("@").count();
    assert_eq!(list(&held), list(&before), "the same list");
    // Nobody else has the addresses, nor a say.
    let page = honduras.get(path).body;
    assert!(
        !page.contains("id=\"mailing\"") && !page.contains('@'),
        "{page}"
    );
    for what in ["do=stop-letters", "do=send-now", "do=test-copy"] {
        refused(&honduras.post(path, what), "from your seat");
    }
    done(&assistant.post(path, "do=stop-letters"));
    let stopped = mailing(&presidency, path);
    assert!(stopped.contains("were stopped"), "{stopped}");
    assert!(!stopped.contains("<b>Sent</b>") && !stopped.contains("Stop these"));
    done(&presidency.post(path, "do=send-now"));
    for _ in 0..100 {
        let page = mailing(&presidency, path);
        if !page.contains("<b>To be sent</b>") && page.contains("<b>Sent</b>") {
            refused(
                &presidency.post(path, "do=stop-letters"),
                "to be sent any more",
            );
            return;
        }
        std::thread::sleep(std::time::Duration::from_millis(200));
    }
    panic!("the letters did not go: {}", mailing(&presidency, path));
}

#[test]
fn one_letter_a_day_is_chosen_in_ones_own_account() {
    let site = Served::demo();
    let honduras = Cast::of(&site).speaker("Honduras");
    let chosen = |name: &str| format!("value=\"{name}\" checked");
    let page = honduras.get("/en/account").body;
    assert!(
        page.contains(&chosen("no")) && !page.contains(&chosen("yes")),
        "{page}"
    );
    for (choice, other) in [("yes", "no"), ("no", "yes")] {
        done(&honduras.post("/en/account", &format!("daily={choice}")));
        let page = honduras.get("/en/account").body;
        assert!(page.contains(&chosen(choice)) && !page.contains(&chosen(other)));
    }
}

#[test]
fn a_country_declares_its_days_and_the_secretariat_corrects_those_of_the_table() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (honduras, path) = (cast.speaker("Honduras"), "/en/working-days");
    let assistant = site.take(&seat(&cast.offers, "Secretariat", "Assistant"));
    let page = honduras.get(path).body;
    assert!(page.contains("Days that are not worked in 2011"), "{page}");
    assert!(page.contains("Declare a day of your country"), "{page}");
    assert!(!page.contains("Correct a day"), "{page}");
    let declare = |country: &str, day: &str| {
        format!(
            "do=declare&party={country}&country=HN&day={day}&es=Duelo+nacional&en=National+mourning"
        )
    };
    // The day that has begun is counted as it is; so is one that is off already.
    refused(
        &honduras.post(path, &declare("honduras", "2011-10-15")),
        "begun",
    );
    refused(
        &honduras.post(path, &declare("honduras", "2011-10-16")),
        "already",
    );
    refused(
        &honduras.post(path, &declare("guatemala", "2011-10-24")),
        "from your seat",
    );
    done(&honduras.post(path, &declare("honduras", "2011-10-24")));
    let page = honduras.get(path).body;
    assert!(page.contains("National mourning"), "{page}");
    assert!(page.contains("declared by the country"), "{page}");
    // The round that runs keeps its days.
    let consultation = self::path(&honduras);
    assert!(
        !honduras
            .get(&consultation)
            .body
            .contains("National mourning")
    );

    let correct = "do=correct&country=HN&day=2011-10-24&es=&en=";
    refused(
        &honduras.post(path, &format!("{correct}&note=Decreto+1")),
        "from your seat",
    );
    refused(
        &assistant.post(path, &format!("{correct}&note=")),
        "More is asked for",
    );
    done(&assistant.post(path, &format!("{correct}&note=Decreto+1")));
    assert!(!honduras.get(path).body.contains("National mourning"));
    assert_eq!(honduras.get("/en/working-days?year=1996").status, 200);
    // Observers count no working days.
    let observer = cast
        .offers
        .iter()
        .find(|offer| offer.party == "Peru")
        .unwrap();
    assert_eq!(site.take(&observer.filled).get(path).status, 404);
}

#[test]
fn what_a_delegation_says_among_itself_stays_there_and_can_be_taken_back() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let speaker = cast.speaker("Dominican Republic");
    let focal = seat(&cast.offers, "Dominican Republic", "Focal point");
    let (focal, honduras) = (site.take(&focal), cast.speaker("Honduras"));
    let path = &path(&speaker);
    let say = "do=say&remark=Prefer+the+ninth";
    refused(
        &focal.post(path, "do=say&remark="),
        "Words are needed: a re",
    );
    done(&focal.post(path, say));
    done(&focal.post(path, "do=until&until=2011-10-17"));
    refused(&focal.post(path, "do=until&until=soon"), "no day");
    let page = speaker.get(path).body;
    assert!(page.contains("Prefer the ninth"), "{page}");
    assert!(page.contains("value=\"2011-10-17\""), "{page}");
    // A focal point speaks within the delegation, and not for its state.
    refused(
        &focal.post(path, "do=state&answer=agrees&in_place_of="),
        "from your seat",
    );

    // Neither another country nor the Secretariat has it, and nobody takes back what another said.
    let coordinator = site.take(&seat(&cast.offers, "Secretariat", "Coordinator"));
    for other in [&honduras, &coordinator] {
        assert!(!other.get(path).body.contains("Prefer the ninth"));
    }
    refused(&coordinator.post(path, say), "from your seat");
    assert!(!coordinator.get(path).body.contains("id=\"workroom\""));
    let own = focal.get(path).body;
    let key = between(&own, "name=\"key\" value=\"", "\"").replace('/', "%2F");
    refused(
        &speaker.post(path, &format!("do=take-back&key={key}")),
        "from your seat",
    );
    refused(
        &honduras.post(path, &format!("do=take-back&key={key}")),
        "from your seat",
    );
    done(&focal.post(path, &format!("do=take-back&key={key}")));
    assert!(!speaker.get(path).body.contains("Prefer the ninth"));
}

#[test]
fn deadlines_are_fetched_by_a_secret_address_until_it_is_given_up() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let honduras = cast.speaker("Honduras");
    let made = |visit: &Visit<'_>| {
        let page = visit.post("/en/deadlines", "do=make").body;
        format!("/en/deadlines/{}", between(&page, "/en/deadlines/", "<"))
    };
    let first = made(&honduras);
    assert!(
        !honduras.get("/en/deadlines").body.contains(&first),
        "it is shown once"
    );
    let file = site.get(&first);
    assert_eq!(file.status, 200, "{}", file.body);
    assert!(
        file.head.contains("content-type: text/calendar"),
        "{}",
        file.head
    );
    assert!(file.head.contains("no-store"), "{}", file.head);
    let deadlines = |file: &str| file.matches("UID:term.").count();
    assert_eq!(deadlines(&file.body), 1);
    assert!(
        file.body.contains("DTEND:20111020T060000Z"),
        "{}",
        file.body
    );
    // The date that the demonstration asks about informally is there too.
    assert!(
        file.body.contains("DTSTART;VALUE=DATE:20111122"),
        "{}",
        file.body
    );
    // A matter of the closed door is there without its topic, and gone as soon as it is withdrawn.
    let presidency = cast.speaker("Dominican Republic");
    let course = "party=dominican-republic&topic_es=Reservado&topic_en=Reserved&now_es=Ya&now_en=Now&agreed_es=Todos\
        &agreed_en=All&matter=closed_door&mandate=Acta+7&text_es=Uno.&text_en=One.";
    let closed = presidency
        .post("/en/consultations/new", course)
        .to()
        .to_owned();
    for party in ["Mexico", "Panama"] {
        done(
            &cast
                .speaker(party)
                .post(&closed, "do=react&reaction=consents"),
        );
    }
    done(&presidency.post(&closed, "do=open&knowingly=yes"));
    let file = site.get(&first).body;
    assert_eq!(deadlines(&file), 2, "{file}");
    assert!(!file.contains("Reserved"), "{file}");
    done(&presidency.post(&closed, &format!("do=withdraw{WHY}")));
    assert_eq!(deadlines(&site.get(&first).body), 1);
    // A body's calendar is another address: its meetings, and the close of a round for all where its members are asked.
    let page = honduras.post("/en/deadlines", "do=make&body=vm").body;
    let body = format!("/en/deadlines/{}", between(&page, "/en/deadlines/", "<"));
    let held = site.get(&body).body;
    // Most meetings of the record are known by their month: that is no day to be kept free.
    let days = "DTSTART;VALUE=DATE:19990128\r\nDTEND;VALUE=DATE:19990130\r\nSUMMARY:IV RCM\r\n";
    assert!(held.contains(days), "{held}");
    assert_eq!(held.matches("VALUE=DATE").count(), 2, "{held}");
    assert!(
        held.contains("SUMMARY:The round closes for all: "),
        "{held}"
    );
    assert!(held.contains("DTEND:20111021T060000Z"), "{held}");
    assert_eq!(site.get(&first).status, 200, "one's own stands beside it");
    let network = honduras.post("/en/deadlines", "do=make&body=rcgm").body;
    let network = format!("/en/deadlines/{}", between(&network, "/en/deadlines/", "<"));
    assert!(!site.get(&network).body.contains("closes for all"));
    assert_eq!(
        honduras.post("/en/deadlines", "do=make&body=nobody").status,
        404
    );
    honduras.post("/en/deadlines", "do=drop&body=vm");
    assert_eq!(site.get(&body).status, 404);
    assert_eq!(site.get(&network).status, 200);
    // Another ends the first; an observer's calendar holds nothing of it; nobody's address is not there.
    let second = made(&honduras);
    assert_eq!(site.get(&first).status, 404);
    assert_eq!(site.get(&second).status, 200);
    let observer = cast
        .offers
        .iter()
        .find(|offer| offer.party == "Peru")
        .unwrap();
    let observer = site.take(&observer.filled);
    let empty = site.get(&made(&observer)).body;
    assert!(
        empty.contains("VCALENDAR") && !empty.contains("VEVENT"),
        "{empty}"
    );
    for wrong in ["/en/deadlines/0", "/en/deadlines/../desk"] {
        assert_ne!(site.get(wrong).status, 200, "{wrong}");
    }
    assert_eq!(honduras.post("/en/deadlines", "do=drop").status, 303);
    assert_eq!(site.get(&second).status, 404);
}

/// What the Secretariat prepares is no act, is seen by it and the Presidency alone, and becomes the Presidency's act by its release.
#[test]
fn the_secretariat_prepares_what_the_presidency_releases() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (presidency, honduras) = (cast.speaker("Dominican Republic"), cast.speaker("Honduras"));
    let assistant = site.take(&seat(&cast.offers, "Secretariat", "Assistant"));
    let path = &path(&presidency);
    let prepare = |visit: &Visit<'_>, form: &str| visit.post(path, &format!("{form}&prepare=yes"));
    let words = |text: &str| format!("&why_es={text}+(es)&why_en={text}+(en)");

    // Who is not of it prepares nothing, and not every form is a step of the Presidency.
    let withdraw = format!("do=withdraw{}", words("Sobra"));
    refused(&prepare(&honduras, &withdraw), "from your seat");
    refused(&prepare(&assistant, "do=state&answer=objects"), "cannot");
    done(&prepare(&assistant, &withdraw));
    let waits = |visit: &Visit<'_>| visit.get(path).body.contains("Sobra (en)");
    assert!(waits(&assistant) && waits(&presidency) && !waits(&honduras));
    assert!(
        presidency
            .get("/en/desk")
            .body
            .contains("waits for the Presidency")
    );
    assert!(
        !assistant
            .get("/en/desk")
            .body
            .contains("waits for the Presidency")
    );
    let key = |visit: &Visit<'_>| {
        between(&visit.get(path).body, "name=\"prepared\" value=\"", "\"").to_owned()
    };
    let first = key(&assistant);
    // It is corrected under the same key, and thrown away by nobody else.
    let corrected = format!("do=withdraw&prepared={first}{}", words("Ya+no"));
    done(&prepare(&assistant, &corrected));
    assert_eq!(key(&presidency), first);
    assert!(!waits(&presidency) && presidency.get(path).body.contains("Ya no (en)"));
    refused(
        &honduras.post(path, &format!("do=drop-draft&key={first}")),
        "from your seat",
    );
    // Without the written instruction the Secretariat does not do it itself.
    refused(
        &assistant.post(path, &format!("{withdraw}&prepared={first}")),
        "from your seat",
    );
    done(&assistant.post(path, &format!("do=drop-draft&key={first}")));
    assert!(!presidency.get(path).body.contains("name=\"prepared\""));

    // A certificate is prepared by the Secretariat and released by the Presidency alone.
    let board = presidency.get(path).body;
    let position = between(&board, "name=\"position\" value=\"", "\"");
    let dispose = format!("do=dispose&position={position}&change=0&disposition=not_taken");
    done(&prepare(&assistant, &format!("{dispose}{}", words("Así"))));
    let waiting = between(&presidency.get(path).body, "id=\"drafts\"", "</section>").to_owned();
    assert!(
        waiting.contains("Dominican Republic, paragraph 2"),
        "{waiting}"
    );
    done(&presidency.post(
        path,
        &format!("{dispose}&prepared={}{}", key(&presidency), words("Así")),
    ));
    assert!(!presidency.get(path).body.contains("name=\"prepared\""));
    close(&site, &presidency, path);
    let certify = format!("do=certify{}", words("Hay+consenso"));
    refused(&assistant.post(path, &certify), "from your seat");
    done(&prepare(&assistant, &certify));
    let drafted = key(&presidency);
    done(&presidency.post(path, &format!("{certify}&prepared={drafted}")));
    assert!(honduras.get(path).body.contains("Hay consenso (en)"));
    assert!(!presidency.get(path).body.contains("name=\"prepared\""));
    // One that is refused waits on.
    done(&prepare(&assistant, "do=launch"));
    let drafted = key(&presidency);
    done(&state(&honduras, path, "objects", ""));
    refused(
        &presidency.post(path, &format!("do=launch&prepared={drafted}")),
        "no consensus",
    );
    assert_eq!(key(&presidency), drafted);
}

/// What was prepared and can be released no more asks for nothing, says so where it stands, and is thrown away.
#[test]
fn what_can_be_released_no_more_is_told_and_thrown_away() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let presidency = cast.speaker("Dominican Republic");
    let assistant = site.take(&seat(&cast.offers, "Secretariat", "Assistant"));
    let path = &path(&presidency);
    let words = |text: &str| format!("&why_es={text}+(es)&why_en={text}+(en)");
    let prepared = |step: &str, text: &str| {
        let seen = presidency.get(path).body;
        let seen = between(&seen, "name=\"text_act\" value=\"", "\"").to_owned();
        let form = format!("do={step}&text_act={seen}&prepare=yes{}", words(text));
        done(&assistant.post(path, &form));
    };
    let asks = || {
        let desk = presidency.get("/en/desk").body;
        desk.contains("waits for the Presidency")
    };
    let waiting = || between(&presidency.get(path).body, "id=\"drafts\"", "</section>").to_owned();

    let board = presidency.get(path).body;
    let position = between(&board, "name=\"position\" value=\"", "\"");
    let dispose = format!("do=dispose&position={position}&change=0&disposition=not_taken");
    done(&presidency.post(path, &format!("{dispose}{}", words("Basta"))));
    close(&site, &presidency, path);
    // What was written for one round says so in the next.
    prepared("certify", "Primera");
    assert!(!waiting().contains("another round or another text"));
    done(&presidency.post(path, &format!("do=open&knowingly=yes{}", words("Otra+vez"))));
    assert!(waiting().contains("another round or another text"));
    // Another text that was prepared is another step: it outlives what is refused and what is opened without it.
    let seen = |page: &str| between(page, "name=\"text_act\" value=\"", "\"").to_owned();
    close(&site, &presidency, path);
    let old = seen(&presidency.get(path).body);
    let text = "&text_es=Otro+texto.&text_en=Another+text.";
    let open = format!("do=open{}&text_act={old}", words("Se+revis%C3%B3"));
    done(&assistant.post(path, &format!("{open}{text}&prepare=yes")));
    refused(
        &presidency.post(
            path,
            &format!("do=open&text_act={position}{}", words("Rebot%C3%B3")),
        ),
        "out of date",
    );
    assert!(waiting().contains("Another text.") && waiting().contains("Rebotó (en)"));
    done(&presidency.post(
        path,
        &format!("do=open&knowingly=yes{}", words("Rebot%C3%B3")),
    ));
    assert!(waiting().contains("Another text.") && !waiting().contains("Rebotó (en)"));
    for stale in ["launch", "refer", "withdraw", "open"] {
        let form = format!("do={stale}&knowingly=yes&text_act={old}{}", words("Tarde"));
        refused(&presidency.post(path, &form), "out of date");
    }
    while let Some(at) = waiting().find("name=\"key\" value=\"") {
        let key = between(&waiting()[at..], "value=\"", "\"").to_owned();
        done(&presidency.post(path, &format!("do=drop-draft&key={key}")));
        if !presidency.get(path).body.contains("id=\"drafts\"") {
            break;
        }
    }
    prepared("certify", "Primera");
    close(&site, &presidency, path);
    // The step is taken without it: it does not wait on, nor what else was prepared for that step.
    done(&presidency.post(path, &format!("do=certify{}", words("Segunda"))));
    assert!(!presidency.get(path).body.contains("id=\"drafts\""));
    assert!(!asks());

    prepared("refer", "Sobra");
    assert!(asks() && !waiting().contains("can be taken no more"));
    done(&presidency.post(path, "do=launch"));
    assert!(!asks(), "nobody is asked to release what cannot be done");
    let page = waiting();
    assert!(
        page.contains("can be taken no more") && page.contains("Sobra (en)"),
        "{page}"
    );
    assert!(!page.contains("name=\"prepared\""), "{page}");
    done(&presidency.post(path, &format!("do=report{}", words("Hecho"))));
    let key = between(&waiting(), "name=\"key\" value=\"", "\"").to_owned();
    let honduras = cast.speaker("Honduras");
    let drop = format!("do=drop-draft&key={key}");
    refused(&honduras.post(path, &drop), "from your seat");
    done(&presidency.post(path, &drop));
    assert!(!presidency.get(path).body.contains("id=\"drafts\""));
}

/// What the Secretariat prepared goes over to whoever presides next; what a Presidency wrote stays its own, and its author reads it.
#[test]
fn what_is_prepared_outlives_a_hand_over() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (before, after) = (cast.speaker("Dominican Republic"), cast.speaker("Panama"));
    let assistant = site.take(&seat(&cast.offers, "Secretariat", "Assistant"));
    let path = &path(&before);
    let prepare = |visit: &Visit<'_>, step: &str, text: &str| {
        let words = format!("&why_es={text}+(es)&why_en={text}+(en)");
        done(&visit.post(path, &format!("do={step}&prepare=yes{words}")));
    };
    let refer = "do=refer&prepare=yes&why_es=Secretaria+(es)&why_en=Secretaria+(en)&note=Nota+7";
    done(&assistant.post(path, refer));
    prepare(&before, "withdraw", "Presidencia");
    let new = "/en/consultations/new";
    done(&before.post(new, "topic_en=Begun+once&text_es=Uno.&prepare=yes"));
    let begun = between(&before.get("/en/consultations").body, "?draft=", "\"").to_owned();
    let begun = format!("{new}?draft={begun}");
    let key = |page: &str, of: &str| {
        let at = page.find(of).unwrap();
        let key = page[..at].rfind("name=\"prepared\" value=\"").unwrap();
        between(&page[key..], "value=\"", "\"").to_owned()
    };
    // A release that is refused leaves it whose it was.
    prepare(&assistant, "certify", "Intacto");
    let intact = key(&before.get(path).body, "Intacto (en)");
    let release = format!("do=certify&prepared={intact}&why_es=Intacto+(es)&why_en=Intacto+(en)");
    assert_eq!(before.post(path, &release).status, 422);
    // Corrected by the Presidency, what the Secretariat wrote is the Presidency's.
    let stale = format!(
        "do=refer&prepared={}&text_act=none&why_es=Secretaria+(es)&why_en=Secretaria+(en)",
        key(&before.get(path).body, "Secretaria (en)")
    );
    refused(&before.post(path, &stale), "out of date");
    // What somebody else corrected meanwhile is not written over: both wait.
    let late = format!(
        "do=refer&prepare=yes&prepared={}&prepared_at=1&why_es=Aparte&why_en=Beside",
        key(&before.get(path).body, "Secretaria (en)")
    );
    done(&assistant.post(path, &late));
    let page = before.get(path).body;
    assert!(
        page.contains("Secretaria (en)") && page.contains("Beside"),
        "{page}"
    );
    prepare(&assistant, "report", "Corregido");
    let key = key(&before.get(path).body, "Corregido (en)");
    let corrected = format!("do=report&prepare=yes&prepared={key}&why_es=Suyo&why_en=Its+own");
    done(&before.post(path, &corrected));
    let has = |visit: &Visit<'_>, text: &str| visit.get(path).body.contains(text);
    assert!(has(&assistant, "Its own") && !has(&assistant, "Corregido (en)"));

    done(&assistant.post(new, "topic_en=Written+for+it&note=Nota+9&prepare=yes"));
    let other = between(
        &assistant
            .get("/en/consultations")
            .body
            .replace(&begun[new.len()..], ""),
        "?draft=",
        "\"",
    )
    .to_owned();
    let other = format!("{new}?draft={other}");
    let form = assistant.get(&other).body;
    assert!(
        form.contains("Nota 9") && !form.contains("while another country presided"),
        "{form}"
    );
    done(&before.post(
        "/en/hand-over",
        "presidency=ppt-2012&at=&zone=America%2FPanama",
    ));
    for kept in ["Secretaria (en)", "Intacto (en)"] {
        assert!(has(&after, kept) && has(&assistant, kept), "{kept}");
    }
    let shown = between(&assistant.get(path).body, "id=\"drafts\"", "</section>").to_owned();
    assert!(
        shown.contains("while another country presided") && !shown.contains("Nota 7"),
        "{shown}"
    );
    // What was still being written as the Presidency passed is given back.
    let words = "why_es=Ya+tarde&why_en=Written+in+vain";
    for form in [
        format!("do=certify&{words}"),
        format!("do=certify&prepare=yes&{words}"),
    ] {
        let answer = before.post(path, &form);
        refused(&answer, "from your seat");
        assert!(answer.body.contains("Written in vain"), "{}", answer.body);
    }
    // What the Secretariat began goes on under the next Presidency, without the instruction of the one before.
    for visit in [&after, &assistant] {
        let form = visit.get(&other).body;
        assert!(
            form.contains("Written for it") && form.contains("while another country presided"),
            "{form}"
        );
        assert!(!form.contains("Nota 9"), "{form}");
    }
    // What was begun and not submitted is read by who began it, and by nobody else.
    let form = before.get(&begun).body;
    assert!(
        form.contains("Begun once") && !form.contains("name=\"prepare\""),
        "{form}"
    );
    assert!(before.get("/en/consultations").body.contains("Begun once"));
    for visit in [&after, &assistant] {
        assert_eq!(visit.get(&begun).status, 404);
        assert!(!visit.get("/en/consultations").body.contains("Begun once"));
    }
    assert_eq!(before.get(new).status, 404);
    refused(
        &before.post(new, "topic_en=Once+more&prepare=yes"),
        "from your seat",
    );
    for (visit, whose) in [(&after, "the next"), (&assistant, "the Secretariat")] {
        assert!(!has(visit, "Presidencia (en)"), "{whose}");
        assert!(!has(visit, "Its own"), "{whose}");
    }
    let page = between(&before.get(path).body, "id=\"drafts\"", "</section>").to_owned();
    assert!(
        page.contains("Presidencia (en)") && page.contains("Its own"),
        "{page}"
    );
    assert!(
        !page.contains("Secretaria (en)") && !page.contains("name=\"prepared\""),
        "{page}"
    );
    let key = between(&page, "name=\"key\" value=\"", "\"");
    refused(
        &after.post(path, &format!("do=drop-draft&key={key}")),
        "from your seat",
    );
    done(&before.post(path, &format!("do=drop-draft&key={key}")));
    assert!(!has(&before, "Presidencia (en)") && has(&before, "Its own"));
}

/// A comment that comes with an objection after the close is not taken, and is given back to be copied; one that was made in
/// time goes along.
#[test]
fn what_comes_too_late_is_given_back() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (presidency, honduras) = (cast.speaker("Dominican Republic"), cast.speaker("Honduras"));
    let path = &path(&presidency);
    done(&state(&honduras, path, "agrees", "&comment_1=A+tiempo"));
    close(&site, &presidency, path);
    let answer = state(&honduras, path, "objects", "&comment_2=Demasiado+tarde");
    refused(&answer, "only an objection");
    assert!(
        answer
            .body
            .contains("<blockquote class=\"c-said\">Demasiado tarde</blockquote>")
    );
    done(&state(&honduras, path, "objects", ""));
    done(&state(&honduras, path, "stands_aside", ""));
    let page = presidency.get(path).body;
    assert!(
        page.contains("A tiempo") && !page.contains("Demasiado tarde"),
        "{page}"
    );
}

/// A late objection in whose place another answer came stands no more; whoever may not see that answer is not told so.
#[test]
fn what_took_the_place_of_a_late_objection_is_told_only_with_it() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (presidency, honduras) = (cast.speaker("Dominican Republic"), cast.speaker("Honduras"));
    let guatemala = cast.speaker("Guatemala");
    let path = &path(&presidency);
    let words = |text: &str| format!("&why_es={text}+(es)&why_en={text}+(en)");
    let board = presidency.get(path).body;
    let position = between(&board, "name=\"position\" value=\"", "\"");
    let dispose = format!("do=dispose&position={position}&change=0&disposition=not_taken");
    done(&presidency.post(path, &format!("{dispose}{}", words("Basta"))));
    close(&site, &presidency, path);
    done(&state(&honduras, path, "objects", "&words=Por+las+fechas"));
    // The same text once more: the objection stands until the country answers otherwise.
    done(&presidency.post(path, &format!("do=open&knowingly=yes{}", words("Otra+vez"))));
    let first = format!("{path}?round=1");
    let fell = |visit: &Visit<'_>| {
        let page = visit.get(&first).body;
        let late = between(&page, "Objections after the close", "</section>").to_owned();
        assert!(late.contains("Por las fechas"), "{late}");
        late.contains("another answer of the country took its place")
    };
    assert!(!fell(&presidency) && !fell(&honduras));
    done(&state(&honduras, path, "agrees", ""));
    assert!(fell(&presidency) && fell(&honduras));
    // It ends while the term runs: the others see what came late before, and not what was answered since.
    assert!(!guatemala.get(&first).body.contains("Por las fechas"));
    done(&presidency.post(path, &format!("do=withdraw{}", words("Basta"))));
    assert!(!fell(&guatemala) && fell(&honduras));
    for _ in 0..12 {
        put_forward(&site, "day");
    }
    assert!(row(&guatemala.get(path).body, "Honduras").contains("Agrees"));
    assert!(fell(&guatemala));
}

/// The paper on which the Secretariat enters something lies with the act: read by the Presidency, by the Secretariat, and by the
/// country whose note it is.
#[test]
fn the_note_on_which_something_is_entered_is_filed_with_it() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (presidency, honduras) = (cast.speaker("Dominican Republic"), cast.speaker("Honduras"));
    let guatemala = cast.speaker("Guatemala");
    let assistant = site.take(&seat(&cast.offers, "Secretariat", "Assistant"));
    let path = &path(&presidency);
    let files = |visit: &Visit<'_>| -> Vec<String> {
        let page = visit.get(path).body;
        let mut hrefs = page.split("href=\"/en/files/").skip(1);
        let mut all: Vec<String> = hrefs
            .by_ref()
            .map(|rest| format!("/en/files/{}", rest.split('"').next().unwrap()))
            .collect();
        all.sort();
        all
    };
    assert!(files(&assistant).is_empty());

    // Only whoever enters brings a paper, with the note that it is, and of a kind that is taken.
    let answer = |party: &'static str, note: &'static str| {
        [
            ("do", "state"),
            ("party", party),
            ("answer", "no_objection"),
            ("by", "note"),
            ("on", "2011-10-14"),
            ("reference", note),
        ]
    };
    const CAME: &str = "Nota DGAE-7: Guatemala no tiene objeción.";
    let state = send(
        &honduras,
        path,
        &answer("honduras", "Nota 8"),
        "nota.txt",
        CAME,
    );
    refused(&state, "from your seat");
    let refer = [
        ("do", "refer"),
        ("why_es", "Se verá"),
        ("why_en", "It will be seen"),
    ];
    refused(
        &send(&assistant, path, &refer, "nota.txt", "Nota PPT-40"),
        "name its number",
    );
    // What was written for a step that was refused is there to be sent again.
    let page = assistant.get(path).body;
    assert!(between(&page, "id=\"drafts\"", "</section>").contains("It will be seen"));
    let page = send(
        &assistant,
        path,
        &answer("guatemala", "Nota 7"),
        "nota.exe",
        "MZ",
    );
    refused(&page, "Nothing was recorded");
    assert!(files(&assistant).is_empty());

    // An answer that came by note, with the note: the country sees it, other countries do not.
    let entered = send(
        &assistant,
        path,
        &answer("guatemala", "Nota 7"),
        "nota.txt",
        CAME,
    );
    done(&entered);
    let of_guatemala = files(&guatemala);
    assert_eq!(of_guatemala.len(), 1);
    for visit in [&guatemala, &assistant, &presidency] {
        assert_eq!(files(visit), of_guatemala);
        let paper = visit.get(&of_guatemala[0]);
        assert_eq!((paper.status, paper.body.as_str()), (200, CAME));
    }
    assert!(files(&honduras).is_empty());
    assert_eq!(honduras.get(&of_guatemala[0]).status, 404);
    let shown = guatemala.get(path).body;
    assert!(
        between(&shown, "id=\"entered\"", "</details>").contains("Nota 7"),
        "{shown}"
    );

    // A step of the Presidency on its written instruction, with the instruction.
    let noted = [refer.as_slice(), &[("note", "Nota PPT-40")]].concat();
    done(&send(
        &assistant,
        path,
        &noted,
        "nota.txt",
        "Nota PPT-40: se refiere.",
    ));
    let of_all = files(&presidency);
    assert_eq!((of_all.len(), files(&assistant).len()), (2, 2));
    assert_eq!(
        files(&guatemala),
        of_guatemala,
        "the instruction is not its own"
    );
    let of_presidency = of_all
        .iter()
        .find(|href| **href != of_guatemala[0])
        .unwrap();
    let paper = presidency.get(of_presidency);
    assert_eq!(paper.body, "Nota PPT-40: se refiere.");
    for visit in [&guatemala, &honduras] {
        assert_eq!(visit.get(of_presidency).status, 404);
    }
    assert_eq!(site.get(of_presidency).status, 303, "nobody is signed in");
    // The report too, once it is over.
    assert!(assistant.get(path).body.contains("id=\"note-report\""));
    let report = [
        ("do", "report"),
        ("why_es", "Se refirió"),
        ("why_en", "It was referred"),
        ("note", "Nota PPT-41"),
    ];
    refused(
        &assistant.post(path, "do=report&why_es=Se+refirio&why_en=It+was+referred"),
        "from your seat",
    );
    done(&send(&assistant, path, &report, "nota.txt", "Nota PPT-41."));
    assert_eq!(files(&presidency).len(), 3);
    let spanish = presidency
        .get(&path.replace("/en/consultations/", "/es/consultas/"))
        .body;
    assert!(
        spanish.contains("Asentado con base en una nota"),
        "{spanish}"
    );
}

/// A course of action is begun by one and submitted by another, before the Troika sees anything of it.
#[test]
fn a_course_of_action_is_begun_before_it_goes_to_the_troika() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let presidency = cast.speaker("Dominican Republic");
    let panama = cast.speaker("Panama");
    let assistant = site.take(&seat(&cast.offers, "Secretariat", "Assistant"));
    let (list, new) = ("/en/consultations", "/en/consultations/new");
    done(&assistant.post(
        new,
        "topic_en=Venue+of+the+workshop&text_es=Uno.&prepare=yes",
    ));
    let page = presidency.get(list).body;
    let href = between(&page, "?draft=", "\"");
    assert!(page.contains("Venue of the workshop"), "{page}");
    assert!(!panama.get(list).body.contains("Venue of the workshop"));
    let form = presidency.get(&format!("{new}?draft={href}")).body;
    assert!(
        form.contains("Venue of the workshop") && form.contains("Uno."),
        "{form}"
    );
    assert_eq!(
        presidency.get(&format!("{new}?draft=draft.x/1")).status,
        404
    );
    // What lacks is told, and nothing that was written is lost.
    let key = between(&form, "name=\"prepared\" value=\"", "\"");
    let rest = "topic_es=Sede&topic_en=Venue&now_es=Ya&now_en=Now&agreed_es=Todos&agreed_en=All&matter=ordinary";
    let half = format!("party=dominican-republic&prepared={key}&{rest}&text_es=Uno.&text_en=");
    let answer = presidency.post(new, &half);
    assert_eq!(answer.status, 422);
    assert!(
        answer.body.contains("Uno.") && answer.body.contains(&key),
        "{}",
        answer.body
    );
    assert!(presidency.get(list).body.contains("Venue of the workshop"));
    done(&presidency.post(new, &half.replace("text_en=", "text_en=One.")));
    assert!(!presidency.get(list).body.contains("?draft="));
}

/// The rules that ship, with other values of the consultation.
fn rules_with(values: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/../..");
    let copy = |from: &str, to: &std::path::Path| {
        let from = format!("{root}/{from}/.");
        let done = std::process::Command::new("cp")
            .args(["-r", &from, to.to_str().unwrap()])
            .status();
        assert!(done.unwrap().success());
    };
    copy("rules/rcm-2011", folder.path());
    let record = folder.path().join("record");
    std::fs::create_dir(&record).unwrap();
    copy("record/rcm-1996-2012", &record);
    let file = folder.path().join("rules.toml");
    let mut text = std::fs::read_to_string(&file).unwrap();
    for (key, value) in values {
        let section = text.find(&format!("[consultation.{key}]")).unwrap();
        let from = section + text[section..].find("value = \"").unwrap();
        let to = from + text[from..].find('\n').unwrap();
        text.replace_range(from..to, &format!("value = \"{value}\""));
    }
    std::fs::write(&file, text).unwrap();
    folder
}

/// What another process allows stands in its rules, and the page has the forms for it.
#[test]
fn another_process_asks_for_consent_to_the_method_extends_and_closes_early() {
    let folder = rules_with(&[
        ("method_consent", "needed"),
        ("extension", "once"),
        ("early_close", "all_agree"),
    ]);
    let site = Served::start(&["demo", "--rules", folder.path().to_str().unwrap()]);
    let cast = Cast::of(&site);
    let (presidency, honduras) = (cast.speaker("Dominican Republic"), cast.speaker("Honduras"));
    let running = &path(&presidency);
    refused(&honduras.post(running, "do=extend"), "from your seat");
    done(&presidency.post(running, "do=extend"));
    let page = honduras.get(running).body;
    let days = counted_days(&page, "Honduras");
    assert!(
        days.contains("day of sending") && days.contains(">working day 10<"),
        "{days}"
    );
    refused(&presidency.post(running, "do=extend"), "cannot be extended");
    let file = honduras.get(&format!("{running}/deadline.ics")).body;
    assert!(
        file.contains("SEQUENCE:1") && file.contains("DTEND:20111028T060000Z"),
        "{file}"
    );
    refused(
        &presidency.post(running, "do=close-early"),
        "cannot close early",
    );

    // Before the first round each member but the one that presides agrees, or the Secretariat enters that it did.
    let course = "party=dominican-republic&topic_es=Sede&topic_en=Venue&now_es=Ya&now_en=Now&agreed_es=Todos\
        &agreed_en=All&matter=ordinary&text_es=Uno.&text_en=One.";
    let new = &presidency
        .post("/en/consultations/new", course)
        .to()
        .to_owned();
    assert_eq!(honduras.get(new).status, 404, "the Troika is asked first");
    for party in ["Mexico", "Panama"] {
        done(&cast.speaker(party).post(new, "do=react&reaction=consents"));
    }
    refused(
        &presidency.post(new, "do=open&knowingly=yes"),
        "yet to agree",
    );
    assert!(presidency.get(new).body.contains("Not yet agreed"));
    let assistant = site.take(&seat(&cast.offers, "Secretariat", "Assistant"));
    done(&assistant.post(new, "do=method&party=belize&note=Nota+3"));
    let others = [
        "Canada",
        "Costa Rica",
        "El Salvador",
        "Guatemala",
        "Honduras",
        "Mexico",
        "Nicaragua",
        "Panama",
        "United States",
    ];
    for party in others {
        let visit = cast.speaker(party);
        assert!(
            visit.get(new).body.contains("Agree to the procedure"),
            "{party}"
        );
        done(&visit.post(new, "do=method"));
        assert!(
            !visit.get(new).body.contains("Agree to the procedure"),
            "{party}"
        );
    }
    done(&presidency.post(new, "do=open&knowingly=yes"));

    // All agree, and it closes.
    assert!(!presidency.get(new).body.contains("value=\"close-early\""));
    for party in others.iter().chain(&["Belize"]) {
        done(&state(&cast.speaker(party), new, "no_objection", ""));
    }
    assert!(presidency.get(new).body.contains("value=\"close-early\""));
    done(&presidency.post(new, "do=close-early"));
    done(&presidency.post(new, &format!("do=certify{WHY}")));
}

/// Where the rules count one calendar for all and keep the answers for the chair, no page says otherwise.
#[test]
fn another_process_counts_the_days_of_its_chair_and_tells_the_answers_to_it_alone() {
    let folder = rules_with(&[
        ("calendar", "chair"),
        ("attribution", "chair_only"),
        ("silence", "consent"),
    ]);
    let site = Served::start(&["demo", "--rules", folder.path().to_str().unwrap()]);
    let cast = Cast::of(&site);
    let (presidency, honduras) = (cast.speaker("Dominican Republic"), cast.speaker("Honduras"));
    let guatemala = cast.speaker("Guatemala");
    let path = &path(&presidency);
    let page = honduras.get(path).body;
    assert!(
        page.contains("working days of the capital of the Presidency"),
        "{page}"
    );
    assert!(!page.contains("of its own working days"));
    assert!(
        row(&page, "Honduras").contains("24:00 (Santo Domingo)"),
        "{page}"
    );
    assert!(!row(&page, "Honduras").contains("local time"), "{page}");
    assert!(
        row(&page, "Dominican Republic").contains("local time"),
        "{page}"
    );
    assert!(
        page.contains("says nothing until the close consents"),
        "{page}"
    );
    let until = "Until the round closes only the Presidency";
    assert!(page.contains(until), "{page}");
    done(&state(&honduras, path, "agrees", ""));
    close(&site, &presidency, path);
    let page = guatemala.get(path).body;
    assert!(!page.contains(until) && page.contains("only the Presidency, the Secretariat"));
    assert!(!row(&page, "Honduras").contains("Agrees"), "{page}");
    assert!(row(&honduras.get(path).body, "Honduras").contains("Agrees"));
    assert!(row(&presidency.get(path).body, "Honduras").contains("Agrees"));
}

/// What waits from earlier rounds is on the board while it is little, and a page away where it is much.
#[test]
fn much_that_waits_from_earlier_rounds_stands_apart() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let presidency = cast.speaker("Dominican Republic");
    let path = &path(&presidency);
    let more = "&comment_0=Sobre+todo&comment_1=Uno&comment_2=Dos&comment_3=Tres";
    let others = [
        "Belize",
        "Canada",
        "Costa Rica",
        "El Salvador",
        "Guatemala",
        "Honduras",
        "Mexico",
        "Nicaragua",
    ];
    for party in others {
        done(&state(&cast.speaker(party), path, "no_objection", more));
    }
    close(&site, &presidency, path);
    done(&presidency.post(path, &format!("do=open&knowingly=yes{WHY}")));
    let board = presidency.get(path).body;
    assert!(board.contains("href=\"?pending=yes#pending\""), "{board}");
    assert!(!board.contains("Sobre todo"), "{board}");
    let apart = presidency.get(&format!("{path}?pending=yes")).body;
    assert_eq!(apart.matches("Sobre todo").count(), 8);
    assert!(!apart.contains("href=\"?pending=yes#pending\""));
    // Each has its form a page further on, and is answered there.
    let name = between(&apart, "href=\"?change=", "#");
    let one = presidency.get(&format!("{path}?change={name}")).body;
    let (_, pending) = one.split_once("id=\"pending\"").unwrap();
    assert_eq!(pending.matches("name=\"position\"").count(), 1, "{pending}");
    let (position, change) = name.split_once('.').unwrap();
    let dispose =
        format!("do=dispose&position={position}&change={change}&disposition=not_taken{WHY}");
    done(&presidency.post(path, &dispose));
    let apart = presidency.get(&format!("{path}?pending=yes")).body;
    assert!(!apart.contains(&name), "{apart}");
    assert!(
        !cast
            .speaker("Honduras")
            .get(&format!("{path}?pending=yes"))
            .body
            .contains("id=\"pending\"")
    );
}

/// Who certifies, concludes and is told of as the Presidency is whoever held it then; who submitted is not said to preside still.
#[test]
fn a_hand_over_is_told_as_it_was() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (before, after) = (cast.speaker("Dominican Republic"), cast.speaker("Panama"));
    let course = "party=dominican-republic&topic_es=Sede&topic_en=Venue&now_es=Ya&now_en=Now&agreed_es=Todos\
        &agreed_en=All&matter=ordinary&text_es=Uno.&text_en=One.";
    let running = &path(&before);
    let new = before.post("/en/consultations/new", course);
    done(&new);
    close(&site, &before, running);
    let form = "presidency=ppt-2012&at=&zone=America%2FPanama";
    done(&before.post("/en/hand-over", form));
    let page = after.get(new.to()).body;
    assert!(!page.contains("Dominican Republic presides"), "{page}");
    assert!(
        page.contains("As Presidency, Dominican Republic submitted"),
        "{page}"
    );
    let board = after.get(running).body;
    let position = between(&board, "name=\"position\" value=\"", "\"");
    let dispose = format!("do=dispose&position={position}&change=0&disposition=not_taken{WHY}");
    done(&after.post(running, &dispose));
    done(&after.post(running, &format!("do=certify{WHY}")));
    let page = after.get(running).body;
    let certificate = between(&page, "id=\"certificate\"", "<table>");
    assert!(certificate.contains("· Panama<"), "{certificate}");
    done(&after.post(running, "do=launch"));
    done(&after.post(running, &format!("do=report&public=yes{WHY}")));
    let told = site.get("/en/concluded-consultations").body;
    assert!(told.contains("concluded by Panama"), "{told}");
    assert!(!told.contains("by Dominican Republic"), "{told}");
}

/// Midnight belongs to the day that it ends where a term does, and to the day that it begins where something is done.
#[test]
fn what_is_done_at_midnight_is_of_the_day_that_begins() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (presidency, honduras) = (cast.speaker("Dominican Republic"), cast.speaker("Honduras"));
    let path = &path(&presidency);
    close(&site, &presidency, path);
    // The round closes as the day ends in San José, where the clock is that of Tegucigalpa.
    done(&state(&honduras, path, "objects", ""));
    let page = honduras.get(path).body;
    assert!(
        page.contains("closed on 20 October 2011, 24:00 (Tegucigalpa)"),
        "{page}"
    );
    let said = row(&page, "Honduras");
    assert!(
        said.contains("21 October 2011, 00:00 (Tegucigalpa)"),
        "{said}"
    );
    done(&presidency.post(path, &format!("do=open&knowingly=yes{WHY}")));
    let page = honduras.get(path).body;
    assert!(
        page.contains("on 21 October 2011, 00:00 (Tegucigalpa)"),
        "{page}"
    );
    assert!(
        counted_days(&page, "Honduras").contains("21 October 2011</th><td>day of sending"),
        "{page}"
    );
}

/// A page that was opened before another text took the place of its own answers nothing to that other text.
#[test]
fn a_page_that_is_out_of_date_answers_nothing() {
    let site = Served::demo();
    let cast = Cast::of(&site);
    let (presidency, honduras) = (cast.speaker("Dominican Republic"), cast.speaker("Honduras"));
    let (mexico, panama) = (cast.speaker("Mexico"), cast.speaker("Panama"));
    let path = &path(&presidency);
    let seen = |page: &str| between(page, "name=\"text_act\" value=\"", "\"").to_owned();
    let old = honduras.get(path).body;
    let round = between(&old, "name=\"round\" value=\"", "\"");
    let agrees = |text: &str| format!("do=state&answer=agrees&in_place_of=&text_act={text}");
    let receipt = format!("do=note&passage=acknowledged&round={round}");
    close(&site, &presidency, path);
    let text = "&text_es=Cada+pa%C3%ADs+paga.&text_en=Each+country+pays.";
    done(&presidency.post(path, &format!("do=open&knowingly=yes{WHY}{text}")));
    refused(
        &honduras.post(path, &agrees(&seen(&old))),
        "The page was out of date",
    );
    refused(&honduras.post(path, &receipt), "The page was out of date");
    assert!(row(&honduras.get(path).body, "Honduras").contains("No communication yet"));
    done(&honduras.post(path, &agrees(&seen(&honduras.get(path).body))));

    let course = "party=dominican-republic&topic_es=Sede&topic_en=Venue&now_es=Ya&now_en=Now&agreed_es=Todos\
        &agreed_en=All&matter=ordinary&text_es=Uno.&text_en=One.";
    let new = presidency
        .post("/en/consultations/new", course)
        .to()
        .to_owned();
    let old = mexico.get(&new).body;
    done(&presidency.post(
        &new,
        "do=resubmit&text_es=Otra+cosa.&text_en=Another+matter.",
    ));
    let consents = |text: &str| format!("do=react&reaction=consents&text_act={text}");
    done(&panama.post(&new, &consents(&seen(&panama.get(&new).body))));
    refused(
        &mexico.post(&new, &consents(&seen(&old))),
        "The page was out of date",
    );
    refused(&presidency.post(&new, "do=open&knowingly=yes"), "Troika");
    done(&mexico.post(&new, &consents(&seen(&mexico.get(&new).body))));
}
