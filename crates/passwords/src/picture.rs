use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// A text as the path of a picture that a telephone reads, and its side; empty of a text that is too long.
pub fn of(text: &str) -> (usize, String) {
    let Ok(code) = QrCode::with_error_correction_level(text, EcLevel::M) else {
        return (0, String::new());
    };
    let side = code.width();
    let mut path = String::new();
    for (place, color) in code.to_colors().into_iter().enumerate() {
        if color == Color::Dark {
            // Four modules of white stand around it: without them no camera finds it.
            let (x, y) = (place % side + 4, place / side + 4);
            let _ = write!(path, "M{x} {y}h1v1h-1z");
        }
    }
    (side + 8, path)
}
