use crate::name::content_disposition;

/// What may come in. Whatever is not named here is refused: pages, drawings that are programs, scripts, archives and
/// programs have no kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    Pdf,
    Docx,
    Xlsx,
    Pptx,
    Odt,
    Ods,
    Odp,
    Png,
    Jpeg,
    Text,
    Csv,
    Mail,
}

/// How a browser is to take a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Disposition {
    /// It may be shown, under the headers of [`Kind::headers`] and not without.
    Inline,
    /// It is saved, never opened where it came from.
    Attachment,
}

impl Kind {
    pub const ALL: [Self; 12] = [
        Self::Pdf,
        Self::Docx,
        Self::Xlsx,
        Self::Pptx,
        Self::Odt,
        Self::Ods,
        Self::Odp,
        Self::Png,
        Self::Jpeg,
        Self::Text,
        Self::Csv,
        Self::Mail,
    ];

    /// The same in every language; it is stored, and never changes.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Pdf => "pdf",
            Self::Docx => "docx",
            Self::Xlsx => "xlsx",
            Self::Pptx => "pptx",
            Self::Odt => "odt",
            Self::Ods => "ods",
            Self::Odp => "odp",
            Self::Png => "png",
            Self::Jpeg => "jpeg",
            Self::Text => "text",
            Self::Csv => "csv",
            Self::Mail => "mail",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// The endings a name of this kind may have, the usual one first.
    pub const fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Pdf => &["pdf"],
            Self::Docx => &["docx"],
            Self::Xlsx => &["xlsx"],
            Self::Pptx => &["pptx"],
            Self::Odt => &["odt"],
            Self::Ods => &["ods"],
            Self::Odp => &["odp"],
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Text => &["txt"],
            Self::Csv => &["csv"],
            Self::Mail => &["eml"],
        }
    }

    /// The ending a name of this kind is given.
    pub const fn extension(self) -> &'static str {
        self.extensions()[0]
    }

    /// The kind a name's ending promises, in whatever case.
    pub fn from_extension(extension: &str) -> Option<Self> {
        let extension = extension.to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|kind| kind.extensions().contains(&extension.as_str()))
    }

    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Pdf => "application/pdf",
            Self::Docx => "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pptx => {
                "application/vnd.openxmlformats-officedocument.presentationml.presentation"
            }
            Self::Odt => "application/vnd.oasis.opendocument.text",
            Self::Ods => "application/vnd.oasis.opendocument.spreadsheet",
            Self::Odp => "application/vnd.oasis.opendocument.presentation",
            Self::Png => "image/png",
            Self::Jpeg => "image/jpeg",
            Self::Text => "text/plain; charset=utf-8",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Mail => "message/rfc822",
        }
    }

    /// Everything is served as an attachment, but what every browser shows by itself.
    pub const fn disposition(self) -> Disposition {
        match self {
            Self::Pdf | Self::Png | Self::Jpeg => Disposition::Inline,
            Self::Docx
            | Self::Xlsx
            | Self::Pptx
            | Self::Odt
            | Self::Ods
            | Self::Odp
            | Self::Text
            | Self::Csv
            | Self::Mail => Disposition::Attachment,
        }
    }

    /// The headers a file is to be served with, all of them, whatever the disposition.
    ///
    /// The sandbox gives the file an origin of its own without scripts, forms and pop-ups, and nothing else is loaded from
    /// it. Some browsers do not show a PDF in a sandbox: then it is saved, which is the right way to fail.
    pub fn headers(self, name: &str) -> [(&'static str, String); 4] {
        [
            ("content-type", self.media_type().to_owned()),
            (
                "content-disposition",
                content_disposition(self.disposition(), name),
            ),
            ("x-content-type-options", "nosniff".to_owned()),
            (
                "content-security-policy",
                "sandbox; default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'"
                    .to_owned(),
            ),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_and_endings_lead_back_to_their_kind() {
        for kind in Kind::ALL {
            assert_eq!(Kind::from_code(kind.code()), Some(kind));
            for extension in kind.extensions() {
                assert_eq!(Kind::from_extension(extension), Some(kind));
                assert_eq!(Kind::from_extension(&extension.to_uppercase()), Some(kind));
            }
        }
        for active in ["html", "svg", "xml", "js", "zip", "exe", "docm", ""] {
            assert_eq!(Kind::from_extension(active), None);
            assert_eq!(Kind::from_code(active), None);
        }
    }

    #[test]
    fn only_what_every_browser_shows_is_shown_and_always_in_a_sandbox() {
        for kind in Kind::ALL {
            let shown = [Kind::Pdf, Kind::Png, Kind::Jpeg].contains(&kind);
            let headers = kind.headers("Nota.x");
            assert_eq!(headers[1].1.starts_with("inline;"), shown, "{kind:?}");
            assert_eq!(headers[1].1.starts_with("attachment;"), !shown);
            assert_eq!(headers[2].1, "nosniff");
            assert!(headers[3].1.starts_with("sandbox; default-src 'none'"));
        }
    }
}
