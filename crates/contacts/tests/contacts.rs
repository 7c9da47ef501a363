//! Lists as people keep them, and as an attacker would.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::io::Write;

use comity_contacts::out::{self, Entry};
use comity_contacts::{
    CELL_LONGEST, Field, Fixes, Known, Like, Mapping, Named, Proposed, ROWS_MOST, SHEET_BYTES,
    Sheet, Somebody, Unreadable, propose,
};
use proptest::prelude::*;

fn known() -> Known {
    let named = |id: &str, names: &[&str]| Named {
        id: id.to_owned(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
    };
    Known {
        parties: vec![
            named("honduras", &["Honduras"]),
            named(
                "dominican-republic",
                &["República Dominicana", "Dominican Republic", "DO"],
            ),
            named("panama", &["Panamá", "Panama"]),
        ],
        seats: vec![
            named("focal-point", &["Punto focal", "Focal point"]),
            named(
                "deputy",
                &["Suplencia, con mandato", "Deputy, on a mandate"],
            ),
            named(
                "deputy-without-mandate",
                &["Suplencia, sin mandato", "Deputy, without a mandate"],
            ),
        ],
        branches: vec![named(
            "interior",
            &["Gobernación y seguridad", "Interior and security"],
        )],
        people: vec![Somebody {
            id: "p1".to_owned(),
            name: "Ana Ficticia".to_owned(),
            email: Some("Ana@ministry.example".to_owned()),
            parties: vec!["honduras".to_owned()],
        }],
    }
}

fn plan(text: &str, fixes: &Fixes) -> Vec<Proposed> {
    let sheet = Sheet::read(text.as_bytes()).unwrap();
    let mapping = Mapping::guess(&sheet.heading);
    propose(&sheet, &mapping, fixes, &known())
}

#[test]
fn a_list_is_read_as_office_programs_write_it() {
    let expected = Sheet::read("País;Nombre\nPanamá;José Núñez\n".as_bytes()).unwrap();
    assert_eq!(expected.heading, ["País", "Nombre"]);
    assert_eq!(expected.rows[0].cells, ["Panamá", "José Núñez"]);
    let windows = encoding_rs_windows("País;Nombre\r\nPanamá;José Núñez\r\n");
    let wide: Vec<u8> = [0xff, 0xfe]
        .into_iter()
        .chain(
            "País\tNombre\nPanamá\tJosé Núñez\n"
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        )
        .collect();
    let marked = "\u{feff}País,Nombre\nPanamá,\"José Núñez\"\n"
        .as_bytes()
        .to_vec();
    for bytes in [windows, wide, marked] {
        assert_eq!(Sheet::read(&bytes).unwrap(), expected);
    }
    // Empty rows are passed over, and rows keep their numbers.
    let gaps = Sheet::read(b"\n\nName;Country;\n;;\nAna;Honduras;;\n\nLuis\n").unwrap();
    assert_eq!(gaps.heading, ["Name", "Country"]);
    let rows: Vec<_> = gaps
        .rows
        .iter()
        .map(|row| (row.number, row.cells.join("|")))
        .collect();
    assert_eq!(
        rows,
        [(5, "Ana|Honduras".to_owned()), (7, "Luis|".to_owned())]
    );
}

fn encoding_rs_windows(text: &str) -> Vec<u8> {
    text.chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect()
}

#[test]
fn a_workbook_is_read_and_a_telephone_stays_its_digits() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (column, heading) in (0..).zip(["Nombre", "Teléfono", "País"]) {
        sheet.write(2, column, heading).unwrap();
    }
    sheet.write(3, 0, "Ana Ficticia").unwrap();
    sheet.write(3, 1, 50_422_220_001_f64).unwrap();
    sheet
        .write_formula(
            3,
            2,
            rust_xlsxwriter::Formula::new("=\"Hondu\"&\"ras\"").set_result("Honduras"),
        )
        .unwrap();
    let bytes = book.save_to_buffer().unwrap();
    let sheet = Sheet::read(&bytes).unwrap();
    assert_eq!(sheet.heading, ["Nombre", "Teléfono", "País"]);
    assert_eq!(sheet.rows[0].number, 4);
    assert_eq!(
        sheet.rows[0].cells,
        ["Ana Ficticia", "50422220001", "Honduras"]
    );
}

#[test]
fn what_is_too_large_or_foreign_is_refused() {
    assert_eq!(Sheet::read(b""), Err(Unreadable::Empty));
    assert_eq!(Sheet::read(b"Name;Country\n"), Err(Unreadable::Empty));
    assert_eq!(
        Sheet::read(b"PK\x03\x04 and then nothing"),
        Err(Unreadable::Foreign)
    );
    assert_eq!(
        Sheet::read(b"\xd0\xcf\x11\xe0\0\0\0\0"),
        Err(Unreadable::Foreign)
    );
    assert_eq!(
        Sheet::read(&vec![b'a'; SHEET_BYTES + 1]),
        Err(Unreadable::TooLarge)
    );
    let rows = |count: usize| format!("Name\n{}", "Ana\n".repeat(count));
    assert_eq!(
        Sheet::read(rows(ROWS_MOST).as_bytes()).unwrap().rows.len(),
        ROWS_MOST
    );
    assert_eq!(
        Sheet::read(rows(ROWS_MOST + 1).as_bytes()),
        Err(Unreadable::TooMany)
    );
    let cell = |count: usize| format!("Name\n{}\n", "a".repeat(count));
    assert!(Sheet::read(cell(CELL_LONGEST).as_bytes()).is_ok());
    assert_eq!(
        Sheet::read(cell(CELL_LONGEST + 1).as_bytes()),
        Err(Unreadable::CellTooLong { row: 2, column: 1 })
    );
    // A small file that unpacks to a large one.
    let mut packed = std::io::Cursor::new(Vec::new());
    let mut writer = zip::ZipWriter::new(&mut packed);
    writer
        .start_file(
            "xl/worksheets/sheet1.xml",
            zip::write::SimpleFileOptions::default(),
        )
        .unwrap();
    let zeros = vec![b'0'; 1024 * 1024];
    for _ in 0..51 {
        writer.write_all(&zeros).unwrap();
    }
    writer.finish().unwrap();
    let packed = packed.into_inner();
    assert!(packed.len() < SHEET_BYTES);
    assert_eq!(Sheet::read(&packed), Err(Unreadable::TooLarge));
}

#[test]
fn rows_are_held_against_what_is_known() {
    let text = "País;Puesto;Nombre;Correo;Ramo\n\
        Rep. Dominicana;Punto focal;Luis Supuesto;luis@ministry.example;Gobernación\n\
        DO;FOCAL POINT;Eva Supuesta;eva@ministry.example;interior\n\
        Honduras;Suplencia;Rosa Irreal;rosa-at-ministry;\n\
        ;Punto focal;;;\n";
    let rows = plan(text, &Fixes::new());
    let fields = |row: &Proposed| {
        row.problems
            .iter()
            .map(|problem| problem.field)
            .collect::<Vec<_>>()
    };
    assert_eq!(fields(&rows[0]), []);
    assert_eq!(rows[0].party.as_deref(), Some("dominican-republic"));
    assert_eq!(fields(&rows[1]), []);
    assert_eq!(rows[1].party.as_deref(), Some("dominican-republic"));
    assert_eq!(rows[1].branch.as_deref(), Some("interior"));
    // Never guessed: "Suplencia" stands for two.
    assert_eq!(fields(&rows[2]), [Field::Seat, Field::Email]);
    assert_eq!(fields(&rows[3]), [Field::Name, Field::Party]);
    // What somebody wrote over it is held against the same.
    let mut fixes = Fixes::new();
    fixes
        .entry(2)
        .or_default()
        .insert(Field::Party, "panama".to_owned());
    fixes
        .entry(4)
        .or_default()
        .insert(Field::Seat, "deputy".to_owned());
    fixes
        .entry(4)
        .or_default()
        .insert(Field::Email, String::new());
    let rows = plan(text, &fixes);
    assert_eq!((fields(&rows[0]), fields(&rows[2])), (vec![], vec![]));
    assert_eq!(rows[0].party.as_deref(), Some("panama"));
    assert_eq!(rows[2].email, None);
}

#[test]
fn a_country_is_known_by_what_offices_write() {
    let mut known = known();
    let named = |id: &str, names: &[&str]| Named {
        id: id.to_owned(),
        names: names.iter().map(|name| (*name).to_owned()).collect(),
    };
    known.parties.extend([
        named(
            "united-states",
            &["Estados Unidos de América", "United States of America"],
        ),
        named("mexico", &["Estados Unidos Mexicanos", "Mexico"]),
        named("el-salvador", &["El Salvador"]),
        named("canada", &["Canadá", "Canada"]),
        named(
            "red",
            &["Red de organizaciones", "Network of organisations"],
        ),
        named(
            "red-del-norte",
            &["Red de organizaciones", "Northern network"],
        ),
    ]);
    for (given, party) in [
        ("EE.UU.", Some("united-states")),
        ("EUA", Some("united-states")),
        ("U.S.A.", Some("united-states")),
        ("Estados Unidos", Some("united-states")),
        ("ESTADOS  UNIDOS MEXICANOS", Some("mexico")),
        ("Méjico", Some("mexico")),
        ("mx", Some("mexico")),
        ("SLV", Some("el-salvador")),
        ("República de El Salvador", Some("el-salvador")),
        ("Rep. Dominicana", Some("dominican-republic")),
        ("canada", Some("canada")),
        ("Northern", Some("red-del-norte")),
        // Between two, and of nobody that is known.
        ("Red de organizaciones", None),
        ("Rep.", None),
        ("Estados", None),
        ("Guatemala", None),
        ("", None),
    ] {
        let sheet = Sheet::read(format!("Name;Country\nAna;{given}\n").as_bytes()).unwrap();
        let rows = propose(
            &sheet,
            &Mapping::guess(&sheet.heading),
            &Fixes::new(),
            &known,
        );
        assert_eq!(rows[0].party.as_deref(), party, "{given}");
    }
}

#[test]
fn a_country_that_is_not_here_is_not_another() {
    let known = Known {
        parties: vec![Named {
            id: "mexico".to_owned(),
            names: vec!["Estados Unidos Mexicanos".to_owned()],
        }],
        ..Known::default()
    };
    let sheet = Sheet::read(b"Name;Country\nAna;Estados Unidos\n").unwrap();
    let mapping = Mapping::guess(&sheet.heading);
    let rows = propose(&sheet, &mapping, &Fixes::new(), &known);
    assert_eq!(rows[0].party, None);
}

#[test]
fn what_somebody_writes_over_a_cell_is_as_tidy_as_a_cell() {
    let mut fixes = Fixes::new();
    fixes
        .entry(2)
        .or_default()
        .insert(Field::Name, " Ana\u{202e}\u{200b}\n Ficticia ".to_owned());
    let rows = plan("Name;Country\nX;Honduras\n", &fixes);
    assert_eq!(rows[0].name, "Ana Ficticia");
    assert!(rows[0].like.is_some());
}

#[test]
fn a_long_list_is_held_against_itself_in_no_time() {
    let rows: String = (0..ROWS_MOST)
        .map(|row| format!("Persona Ficticia {row};Honduras;p{row}@ministry.example\n"))
        .collect();
    let rows = plan(&format!("Nombre;País;Correo\n{rows}"), &Fixes::new());
    assert_eq!(rows.len(), ROWS_MOST);
    assert!(rows.iter().all(|row| row.like.is_none()));
}

#[test]
fn whoever_is_there_already_is_recognised() {
    let text = "Country;Seat;Name;E-mail\n\
        Panama;Focal point;Somebody Else;ANA@ministry.example\n\
        Honduras;Focal point;ana  FICTICIA;\n\
        Panama;Focal point;Ana Ficticia;other@ministry.example\n\
        Panama;Focal point;Otra;OTHER@ministry.example\n\
        Honduras;Focal point;Otra;\n";
    let like: Vec<_> = plan(text, &Fixes::new())
        .into_iter()
        .map(|row| row.like)
        .collect();
    let ana = Some(Like::Person("p1".to_owned()));
    assert_eq!(like, [ana.clone(), ana, None, Some(Like::Row(4)), None]);
}

fn entry() -> Entry {
    Entry {
        id: "0p1".to_owned(),
        name: "María; Ficticia, de \\ Prueba".to_owned(),
        party: "Honduras".to_owned(),
        seat: "Punto focal".to_owned(),
        detail: "Gobernación y seguridad, con un nombre que pasa de setenta y cinco octetos ñññ"
            .to_owned(),
        email: Some("maria@ministry.example".to_owned()),
        phone: Some("+504 2222 0001".to_owned()),
        language: Some("es".to_owned()),
        zone: Some("America/Tegucigalpa".to_owned()),
        confirmed: "2012-01-31".to_owned(),
    }
}

#[test]
fn what_goes_out_as_a_sheet_comes_in_again_and_runs_nothing() {
    let headings = [
        "País",
        "Puesto",
        "Ramo",
        "Nombre completo",
        "Correo",
        "Teléfono",
        "Idioma",
        "Confirmado",
    ]
    .map(str::to_owned);
    let mut hostile = entry();
    hostile.name = "=HYPERLINK(\"https://elsewhere.example\")".to_owned();
    let bytes = out::csv(&headings, &[entry(), hostile.clone()]);
    let text = String::from_utf8(bytes.clone()).unwrap();
    assert!(text.starts_with('\u{feff}'));
    assert!(
        text.contains("\"'=HYPERLINK") && text.contains(",'+504 2222 0001,"),
        "{text}"
    );
    let sheet = Sheet::read(&bytes).unwrap();
    let rows = propose(
        &sheet,
        &Mapping::guess(&sheet.heading),
        &Fixes::new(),
        &known(),
    );
    for (row, entry) in rows.iter().zip([entry(), hostile]) {
        assert_eq!(
            (&row.name, &row.email, &row.phone),
            (&entry.name, &entry.email, &entry.phone)
        );
        assert_eq!(row.problems, []);
    }
}

#[test]
fn cards_are_read_by_other_programs() {
    let cards = out::vcard(&[entry(), Entry::default()]);
    assert_eq!(cards.matches("BEGIN:VCARD\r\nVERSION:4.0\r\n").count(), 2);
    assert!(cards.split("\r\n").all(|line| line.len() <= 75), "{cards}");
    let unfolded = cards.replace("\r\n ", "");
    for part in [
        "FN:María\\; Ficticia\\, de \\\\ Prueba\r\n",
        "\r\nN:;María\\; Ficticia\\, de \\\\ Prueba;;;\r\n",
        "TITLE:Punto focal: Gobernación y seguridad\\, con un nombre que pasa",
        "TEL;VALUE=text:+504 2222 0001\r\n",
        "TZ:America/Tegucigalpa\r\n",
    ] {
        assert!(unfolded.contains(part), "{part}: {unfolded}");
    }
    // The id of a person is 16 bytes, whose other form every program of cards knows.
    let mut person = entry();
    person.id = format!("7{}", "z".repeat(25));
    let uid = "UID:urn:uuid:ffffffff-ffff-ffff-ffff-ffffffffffff\r\n";
    assert!(out::vcard(&[person]).contains(uid));
    let mut hostile = entry();
    hostile.name = "A\r\nEND:VCARD\r\nBEGIN:VCARD".to_owned();
    assert_eq!(out::vcard(&[hostile]).matches("\r\nEND:VCARD").count(), 1);
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let _ = Sheet::read(&bytes);
        let mut packed = b"PK\x03\x04".to_vec();
        packed.extend(&bytes);
        let _ = Sheet::read(&packed);
    }

    #[test]
    fn no_text_makes_a_plan_panic(text in "(?s).{0,300}") {
        if let Ok(sheet) = Sheet::read(text.as_bytes()) {
            let rows = propose(&sheet, &Mapping::guess(&sheet.heading), &Fixes::new(), &known());
            prop_assert_eq!(rows.len(), sheet.rows.len());
        }
    }
}
