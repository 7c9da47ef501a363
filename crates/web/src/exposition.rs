use std::fmt::{Display, Write};

/// Figures in Prometheus' text format, one family after another.
#[derive(Debug, Default)]
pub struct Exposition(String);

impl Exposition {
    /// Something that only grows, with a value for each label; the label is empty where there is only one.
    pub fn counter(&mut self, name: &str, help: &str, values: &[(&str, u64)]) {
        self.family(name, "counter", help);
        for (label, value) in values {
            self.line(name, label, value);
        }
    }

    /// Something that goes up and down.
    pub fn gauge(&mut self, name: &str, help: &str, value: impl Display) {
        self.family(name, "gauge", help);
        self.line(name, "", &value);
    }

    /// Which of several states holds: 1 for it, 0 for the others.
    pub fn states(&mut self, name: &str, help: &str, states: &[(String, bool)]) {
        self.family(name, "gauge", help);
        for (label, holds) in states {
            self.line(name, label, &u8::from(*holds));
        }
    }

    /// How many fell within each edge (seconds) and not within the one before, all that were counted last; and their sum.
    pub fn histogram(&mut self, name: &str, help: &str, edges: &[f64], counts: &[u64], sum: f64) {
        self.family(name, "histogram", help);
        let mut within = 0;
        for (place, count) in counts.iter().enumerate() {
            within += count;
            let edge = edges
                .get(place)
                .map_or_else(|| "+Inf".to_owned(), ToString::to_string);
            self.line(
                &format!("{name}_bucket"),
                &format!("le=\"{edge}\""),
                &within,
            );
        }
        self.line(&format!("{name}_sum"), "", &sum);
        self.line(&format!("{name}_count"), "", &within);
    }

    fn family(&mut self, name: &str, kind: &str, help: &str) {
        self.write(format_args!("# HELP {name} {help}\n# TYPE {name} {kind}\n"));
    }

    fn line(&mut self, name: &str, label: &str, value: &dyn Display) {
        if label.is_empty() {
            self.write(format_args!("{name} {value}\n"));
        } else {
            self.write(format_args!("{name}{{{label}}} {value}\n"));
        }
    }

    fn write(&mut self, words: std::fmt::Arguments<'_>) {
        self.0.write_fmt(words).expect("a string takes any text");
    }

    /// The text, to be sent as `text/plain; version=0.0.4`.
    pub fn into_text(self) -> String {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_family_is_written_as_the_format_has_it() {
        let mut out = Exposition::default();
        out.counter("a_total", "As", &[("kind=\"x\"", 2), ("kind=\"y\"", 0)]);
        out.gauge("b", "Bs", 1.5);
        out.histogram("c_seconds", "Cs", &[0.001, 1.0], &[3, 0, 2], 9.25);
        assert_eq!(
            out.into_text(),
            "# HELP a_total As\n# TYPE a_total counter\na_total{kind=\"x\"} 2\na_total{kind=\"y\"} 0\n\
             # HELP b Bs\n# TYPE b gauge\nb 1.5\n\
             # HELP c_seconds Cs\n# TYPE c_seconds histogram\n\
             c_seconds_bucket{le=\"0.001\"} 3\nc_seconds_bucket{le=\"1\"} 3\nc_seconds_bucket{le=\"+Inf\"} 5\n\
             c_seconds_sum 9.25\nc_seconds_count 5\n"
        );
    }
}
