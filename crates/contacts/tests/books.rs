//! Books as office programs write them, and as somebody writes them who wants the node to fall.

#![expect(
    clippy::unwrap_used,
    reason = "what a test cannot do without, it may demand"
)]

use std::io::{Cursor, Write};

use comity_contacts::{Row, SHEET_BYTES, Sheet, Unreadable};
use proptest::prelude::*;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

fn packed(entries: &[(&str, &str)]) -> Vec<u8> {
    let mut packed = Cursor::new(Vec::new());
    let mut writer = zip::ZipWriter::new(&mut packed);
    for (name, text) in entries {
        let plain = zip::write::SimpleFileOptions::default();
        writer.start_file(*name, plain).unwrap();
        writer.write_all(text.as_bytes()).unwrap();
    }
    writer.finish().unwrap();
    packed.into_inner()
}

fn ods(table: &str) -> Vec<u8> {
    let content = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><office:document-content><office:body><office:spreadsheet>\
         <table:tracked-changes><table:table-row><table:table-cell><text:p>Old</text:p></table:table-cell></table:table-row></table:tracked-changes>\
         <table:table table:name=\"Uno\">{table}</table:table>\
         <table:table table:name=\"Dos\"><table:table-row><table:table-cell><text:p>Other</text:p></table:table-cell></table:table-row></table:table>\
         </office:spreadsheet></office:body></office:document-content>"
    );
    let kind = "application/vnd.oasis.opendocument.spreadsheet";
    packed(&[("mimetype", kind), ("content.xml", &content)])
}

/// A book with these cells in its one sheet, and these texts to share.
fn xlsx(cells: &str, shared: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    book.add_worksheet().write(0, 0, "x").unwrap();
    let book = book.save_to_buffer().unwrap();
    let mut archive = zip::ZipArchive::new(Cursor::new(book)).unwrap();
    let mut entries = Vec::new();
    for place in 0..archive.len() {
        let mut entry = archive.by_index(place).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut text = String::new();
        std::io::Read::read_to_string(&mut entry, &mut text).unwrap();
        let space = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
        if name == "xl/worksheets/sheet1.xml" {
            text = format!("<worksheet {space}><sheetData>{cells}</sheetData></worksheet>");
        } else if name == "xl/sharedStrings.xml" {
            text = format!("<sst {space} {shared}</sst>");
        }
        entries.push((name, text));
    }
    let entries: Vec<_> = entries
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    packed(&entries)
}

fn rows(sheet: &Sheet) -> Vec<(usize, String)> {
    let row = |row: &Row| (row.number, row.cells.join("|"));
    sheet.rows.iter().map(row).collect()
}

#[test]
fn an_open_document_is_read_as_it_means_it() {
    let sheet = Sheet::read(&ods(
        "<table:table-row table:number-rows-repeated=\"2\"><table:table-cell table:number-columns-repeated=\"1024\"/></table:table-row>\
         <table:table-row><table:table-cell office:value-type=\"string\"><text:p>Nombre</text:p></table:table-cell>\
         <table:table-cell><text:p>Teléfono</text:p></table:table-cell><table:table-cell><text:p>Hasta</text:p></table:table-cell>\
         <table:table-cell table:number-columns-repeated=\"16381\"/></table:table-row>\
         <table:table-row table:number-rows-repeated=\"2\"><table:table-cell/></table:table-row>\
         <table:table-row><table:table-cell><office:annotation><text:p>a remark</text:p></office:annotation>\
         <text:p>Ana<text:s text:c=\"99999999999\"/>N&#250;&#xf1;ez &amp; C<text:span>ía</text:span></text:p></table:table-cell>\
         <table:table-cell office:value-type=\"float\" office:value=\"50422220001\"><text:p>5.04E+10</text:p></table:table-cell>\
         <table:table-cell office:value-type=\"date\" office:date-value=\"2012-01-31\"><text:p>31/01/12</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"2\"><table:table-cell/><table:table-cell table:number-columns-repeated=\"2\"><text:p>Igual</text:p></table:table-cell></table:table-row>\
         <table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell table:number-columns-repeated=\"16384\"/></table:table-row>",
    ));
    let sheet = sheet.unwrap();
    assert_eq!(sheet.heading, ["Nombre", "Teléfono", "Hasta"]);
    let expected = [
        (6, "Ana Núñez & Cía|50422220001|2012-01-31"),
        (7, "|Igual|Igual"),
        (8, "|Igual|Igual"),
    ];
    assert_eq!(
        rows(&sheet),
        expected.map(|(row, cells)| (row, cells.to_owned()))
    );
}

#[test]
fn an_open_document_that_repeats_without_end_is_refused() {
    let often = "18446744073709551615";
    let heading = "<table:table-row><table:table-cell><text:p>Nombre</text:p></table:table-cell></table:table-row>";
    for (table, refused) in [
        (
            format!("<table:table-row><table:table-cell table:number-columns-repeated=\"{often}\"><text:p>Ana</text:p></table:table-cell></table:table-row>"),
            Unreadable::TooMany,
        ),
        (
            format!("<table:table-row table:number-rows-repeated=\"{often}\"><table:table-cell><text:p>Ana</text:p></table:table-cell></table:table-row>"),
            Unreadable::TooMany,
        ),
        (
            // Nothing that anybody sees, and yet to be read.
            format!("<table:table-row table:number-rows-repeated=\"{often}\"><table:table-cell><text:p>\u{200b}</text:p></table:table-cell></table:table-row>"),
            Unreadable::TooLarge,
        ),
        (
            format!("<table:table-row table:number-rows-repeated=\"{often}\"><table:table-cell/></table:table-row>").repeat(3),
            Unreadable::Empty,
        ),
        (
            format!("<table:table-row><table:table-cell table:number-columns-repeated=\"{often}\"/><table:table-cell><text:p>Ana</text:p></table:table-cell></table:table-row>"),
            Unreadable::TooMany,
        ),
        ("<table:table-row><table:table-cell><text:p>&unknown;</text:p></table:table-cell></table:table-row>".to_owned(), Unreadable::Foreign),
        ("<table:table-row>".to_owned(), Unreadable::Foreign),
    ] {
        assert_eq!(Sheet::read(&ods(&format!("{heading}{table}"))), Err(refused), "{table}");
    }
}

#[test]
fn two_cells_at_opposite_corners_take_the_room_of_two() {
    let cell = |place: &str, text: &str| {
        let row = place.trim_start_matches(char::is_alphabetic);
        format!(
            "<row r=\"{row}\"><c r=\"{place}\" t=\"inlineStr\"><is><t>{text}</t></is></c></row>"
        )
    };
    let none = "uniqueCount=\"0\">";
    let far = cell("A1", "Nombre") + &cell("XFD1048576", "Ana");
    assert_eq!(Sheet::read(&xlsx(&far, none)), Err(Unreadable::TooMany));
    let deep = cell("A1", "Nombre") + &cell("A1048576", "Ana");
    let sheet = Sheet::read(&xlsx(&deep, none)).unwrap();
    assert_eq!(rows(&sheet), [(1_048_576, "Ana".to_owned())]);
}

#[test]
fn a_long_text_that_many_cells_share_is_refused_before_it_is_copied() {
    let shared = |count: usize| format!("uniqueCount=\"1\"><si><t>{}</t></si>", "a".repeat(count));
    let cells: String = (1..=20_000)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\" t=\"s\"><v>0</v></c></row>"))
        .collect();
    let long = xlsx(&cells, &shared(1024 * 1024));
    assert!(long.len() < SHEET_BYTES);
    let refused = Unreadable::CellTooLong { row: 1, column: 1 };
    assert_eq!(Sheet::read(&long), Err(refused));
    // Each cell short enough, and all of them too much.
    let wide: String = (1..=2_000)
        .map(|row| {
            format!(
                "<row r=\"{row}\">{}</row>",
                "<c t=\"s\"><v>0</v></c>".repeat(60)
            )
        })
        .collect();
    assert_eq!(
        Sheet::read(&xlsx(&wide, &shared(500))),
        Err(Unreadable::TooLarge)
    );
}

#[test]
fn a_book_is_not_believed_in_how_much_it_shares() {
    for said in [
        "uniqueCount=\"18446744073709551615\">",
        "uniqueCount = '1000000001'>",
    ] {
        assert_eq!(
            Sheet::read(&xlsx("", said)),
            Err(Unreadable::TooLarge),
            "{said}"
        );
    }
}

#[test]
fn a_date_is_a_day_and_the_first_sheet_shown_is_read() {
    let mut book = Workbook::new();
    book.add_worksheet()
        .set_hidden(true)
        .write(0, 0, "Oculto")
        .unwrap();
    let sheet = book.add_worksheet();
    sheet.set_active(true);
    sheet.write(0, 0, "Hasta").unwrap();
    let day = ExcelDateTime::from_ymd(2012, 1, 31).unwrap();
    let format = Format::new().set_num_format("dd/mm/yyyy");
    sheet.write_with_format(1, 0, &day, &format).unwrap();
    sheet.write(2, 0, 22_200_000.0).unwrap();
    sheet.write(3, 0, "=1+1").unwrap();
    let sheet = Sheet::read(&book.save_to_buffer().unwrap()).unwrap();
    assert_eq!(sheet.heading, ["Hasta"]);
    let expected = [(2, "2012-01-31"), (3, "22200000"), (4, "=1+1")];
    assert_eq!(
        rows(&sheet),
        expected.map(|(row, cells)| (row, cells.to_owned()))
    );
}

#[test]
fn a_row_of_text_has_the_number_that_a_sheet_gives_it() {
    let text =
        "sep=;\r\n\r\nNombre;Nota\r\n\"Ana\r\nFicticia\";uno\r\n\r\n\r\nEva;dos\r\nLuis;tres\r\n";
    let expected = [(4, "Ana Ficticia|uno"), (7, "Eva|dos"), (8, "Luis|tres")];
    let expected = expected.map(|(row, cells)| (row, cells.to_owned()));
    for text in [
        text.to_owned(),
        text.replace("\r\n", "\n"),
        text.replace("\r\n", "\r"),
    ] {
        let sheet = Sheet::read(text.as_bytes()).unwrap();
        assert_eq!(
            (sheet.heading.join("|").as_str(), rows(&sheet)),
            ("Nombre|Nota", expected.to_vec())
        );
    }
}

proptest! {
    #[test]
    fn a_book_with_a_broken_part_makes_nothing_panic(place in 0_usize..100_000, byte: u8, inner: bool) {
        let mut book = if inner {
            // Not packed again: the checksum would find a change within.
            let mut cells = b"<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><f>1+1</f><v>2</v></c></row>".to_vec();
            let place = place % cells.len();
            cells[place] = byte;
            xlsx(&String::from_utf8_lossy(&cells), "uniqueCount=\"1\"><si><t>a</t></si>")
        } else {
            ods("<table:table-row><table:table-cell><text:p>Nombre</text:p></table:table-cell></table:table-row>")
        };
        if !inner {
            let place = place % book.len();
            book[place] = byte;
        }
        let _ = Sheet::read(&book);
    }
}
