//! Messages as mail programs save them.
//!
//! A message may carry its text, its pictures and its signature. Any other part is handed in as a file of its own, where
//! it is looked at: here it would be hidden behind encodings.

use crate::Refused;

const NO_MESSAGE: Refused = Refused::Malformed {
    why: "the file does not begin as a message does",
};

/// Refuses what is no message, and what carries a part that is not taken.
pub(crate) fn examine(bytes: &[u8]) -> Result<(), Refused> {
    if bytes.contains(&0) {
        return Err(Refused::UnknownType);
    }
    // Alone it ends a line for some programs, and for others it hides one.
    let mut pairs = bytes.windows(2);
    if pairs.any(|pair| pair[0] == b'\r' && pair[1] != b'\n') {
        return Err(NO_MESSAGE);
    }
    let mut lines = bytes
        .split(|&byte| byte == b'\n')
        .map(|line| line.strip_suffix(b"\r").unwrap_or(line));
    begins_as_message(&mut lines.clone())?;
    // Every part's headers begin a line. So may a line of text: then a harmless message is refused, never the reverse.
    let mut header: Option<String> = None;
    for line in &mut lines {
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if let Some(header) = &mut header {
                header.push_str(&lower(line));
            }
            continue;
        }
        if let Some(header) = header.take() {
            part_in_order(&header)?;
        }
        if is_uuencoded(line) {
            return Err(refused("uuencode"));
        }
        header = header_of_part(line);
    }
    header.map_or(Ok(()), |header| part_in_order(&header))
}

/// The beginning of a header that says what a part is, without the space some put before the colon.
fn header_of_part(line: &[u8]) -> Option<String> {
    // Cheap first: most lines are a picture's.
    if !line.first()?.eq_ignore_ascii_case(&b'c') {
        return None;
    }
    let line = lower(line);
    let (name, value) = line.split_once(':')?;
    let name = name.trim_end();
    let tells = name == "content-type" || name == "content-disposition";
    tells.then(|| format!("{name}:{value}"))
}

fn lower(line: &[u8]) -> String {
    String::from_utf8_lossy(line).to_lowercase()
}

fn begins_as_message<'a>(lines: &mut impl Iterator<Item = &'a [u8]>) -> Result<(), Refused> {
    let mut from = false;
    let mut dated = false;
    for (number, line) in lines.enumerate() {
        if line.is_empty() {
            break;
        }
        if line.starts_with(b" ") || line.starts_with(b"\t") {
            if number == 0 {
                return Err(NO_MESSAGE);
            }
            continue;
        }
        let colon = line.iter().position(|&byte| byte == b':');
        let (name, _) = line.split_at(colon.ok_or(NO_MESSAGE)?);
        if name.is_empty() || !name.iter().all(u8::is_ascii_graphic) {
            return Err(NO_MESSAGE);
        }
        let name = name.to_ascii_lowercase();
        from |= name == b"from";
        dated |= [b"date".as_slice(), b"received", b"message-id"].contains(&name.as_slice());
    }
    if from && dated {
        Ok(())
    } else {
        Err(NO_MESSAGE)
    }
}

fn part_in_order(header: &str) -> Result<(), Refused> {
    if let Some(value) = header.strip_prefix("content-type:") {
        type_in_order(value.split(';').next().unwrap_or_default().trim())?;
    }
    named_in_order(header)
}

fn type_in_order(kind: &str) -> Result<(), Refused> {
    const TAKEN: &[&str] = &[
        "text/plain",
        "text/html",
        "text/enriched",
        "text/calendar",
        "text/csv",
        "text/rfc822-headers",
        "message/rfc822",
        "message/delivery-status",
        "message/disposition-notification",
        "application/pgp-signature",
        "application/pkcs7-signature",
        "application/x-pkcs7-signature",
        "image/png",
        "image/jpeg",
        "image/gif",
        "",
    ];
    match kind.starts_with("multipart/") || TAKEN.contains(&kind) {
        true => Ok(()),
        false => Err(refused(kind)),
    }
}

/// Mail programs open a part by its name, whatever its type.
fn named_in_order(header: &str) -> Result<(), Refused> {
    const TAKEN: &[&str] = &[
        "txt", "csv", "ics", "eml", "png", "jpg", "jpeg", "gif", "asc", "sig", "p7s",
    ];
    // `name=`, `filename=`, and both in pieces, as `filename*0*=`.
    for parameter in header.split(';').skip(1) {
        let Some((key, value)) = parameter.split_once('=') else {
            continue;
        };
        let key = key.trim();
        if !key.starts_with("name") && !key.starts_with("filename") {
            continue;
        }
        let value = value.trim().trim_matches('"').trim();
        let extension = value.rsplit_once('.').map_or("", |(_, end)| end);
        if key.contains('*') && key.contains(|c: char| c.is_ascii_digit()) {
            return Err(refused("a name in pieces"));
        }
        if !TAKEN.contains(&extension) {
            return Err(refused(value));
        }
    }
    Ok(())
}

/// `begin 644 name`: an older way to put a file into a text.
fn is_uuencoded(line: &[u8]) -> bool {
    let mut words = line.split(|&byte| byte == b' ');
    words.next() == Some(b"begin")
        && words.next().is_some_and(|mode| {
            (3..=4).contains(&mode.len()) && mode.iter().all(|b| (b'0'..=b'7').contains(b))
        })
        && words.next().is_some()
}

fn refused(part: &str) -> Refused {
    let part = part.chars().filter(|c| !c.is_control()).take(60).collect();
    Refused::Attachments { part }
}
