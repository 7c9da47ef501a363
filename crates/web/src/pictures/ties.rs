use comity_view::{TopicEdge, TopicGraph};
use comity_wording::Wording;

/// Where the line of topics stands; labels end left of it, arcs bow to its right.
const AXIS: u32 = 400;
const WIDTH: u32 = 720;
/// How far an arc may bow, so that the words beside it still fit.
const BOW: u32 = 170;
/// How many letters fit into a line of a label.
const LABEL: usize = 54;
/// The same for the name of a section, which is set larger.
const HEADING: usize = 40;
const LINE: u32 = 18;

/// Topics one under another by section, with an arc between two that share documents or actions.
#[derive(Debug)]
pub(crate) struct Ties {
    pub title: String,
    pub description: String,
    pub width: u32,
    pub height: u32,
    pub label_end: u32,
    pub axis: u32,
    pub headings: Vec<Label>,
    pub topics: Vec<Topic>,
    /// What is said of the topics of a section that nothing ties.
    pub others: Vec<Label>,
    pub arcs: Vec<Arc>,
}

/// Words at a height.
#[derive(Debug)]
pub(crate) struct Label {
    pub y: u32,
    pub text: String,
}

/// A topic with a tie.
#[derive(Debug)]
pub(crate) struct Topic {
    pub y: u32,
    pub lines: Vec<Label>,
}

/// A tie.
#[derive(Debug)]
pub(crate) struct Arc {
    pub from: u32,
    pub to: u32,
    pub bow: u32,
    pub half: u32,
    /// The more they share, the wider.
    pub stroke: String,
    pub class: &'static str,
    pub words_x: u32,
    pub words_y: u32,
    pub words: String,
}

/// `None` where nothing is tied.
pub(crate) fn ties(graph: &TopicGraph, words: &Wording) -> Option<Ties> {
    if graph.edges.is_empty() {
        return None;
    }
    let mut picture = Ties {
        title: words.say("links-picture").into_owned(),
        description: words.say_with(
            "links-description",
            &[("pairs", pairs(graph, words).into())],
        ),
        width: WIDTH,
        height: 0,
        label_end: AXIS - 16,
        axis: AXIS,
        headings: Vec::new(),
        topics: Vec::new(),
        others: Vec::new(),
        arcs: Vec::new(),
    };
    let heights = picture.place_topics(graph, words);
    picture.arcs = graph
        .edges
        .iter()
        .map(|edge| arc(graph, edge, &heights, words))
        .collect();
    Some(picture)
}

impl Ties {
    /// Puts the topics under their sections; answers at which height each stands, where it is tied.
    fn place_topics(&mut self, graph: &TopicGraph, words: &Wording) -> Vec<u32> {
        let tied = |place: usize| {
            graph
                .edges
                .iter()
                .any(|edge| edge.a == place || edge.b == place)
        };
        let mut heights = vec![0; graph.nodes.len()];
        let mut y = 4;
        let mut place = 0;
        for section in graph
            .nodes
            .chunk_by(|left, right| left.section.id == right.section.id)
        {
            let places = place..place + section.len();
            place = places.end;
            let name = section
                .first()
                .map_or("", |node| node.section.label.text.as_str());
            y += 4;
            for text in wrapped(name, HEADING) {
                y += LINE;
                self.headings.push(Label { y, text });
            }
            y += 10;
            for at in places.clone().filter(|at| tied(*at)) {
                let lines = wrapped(&graph.nodes[at].topic.label.text, LABEL);
                let middle = y + LINE * u32::try_from(lines.len()).unwrap_or(1) / 2;
                let label = |(index, text)| Label {
                    y: y + 14 + LINE * index,
                    text,
                };
                let lines: Vec<Label> = (0u32..).zip(lines).map(label).collect();
                y += LINE * u32::try_from(lines.len()).unwrap_or(1) + 6;
                heights[at] = middle;
                self.topics.push(Topic { y: middle, lines });
            }
            let others = places.filter(|at| !tied(*at)).count();
            if others > 0 {
                self.others.push(Label {
                    y: y + 12,
                    text: words.say_with("links-more", &[("count", others.into())]),
                });
                y += 24;
            }
        }
        self.height = y + 8;
        heights
    }
}

fn arc(graph: &TopicGraph, edge: &TopicEdge, heights: &[u32], words: &Wording) -> Arc {
    let (from, to) = (heights[edge.a], heights[edge.b]);
    let half = (to - from) / 2;
    let bow = half.min(BOW);
    let shared = edge.documents.len() + edge.actions.len();
    let same = graph.nodes[edge.a].section.id == graph.nodes[edge.b].section.id;
    Arc {
        from,
        to,
        bow,
        half,
        stroke: format!("{}.5", shared.min(6)),
        class: if same { "s-cg" } else { "s-act" },
        words_x: AXIS + bow + 10,
        words_y: from + half + 5,
        words: shared_words(edge, words),
    }
}

/// "one document and two actions"
pub(crate) fn shared_words(edge: &TopicEdge, words: &Wording) -> String {
    let part =
        |key, count: usize| (count > 0).then(|| words.say_with(key, &[("count", count.into())]));
    let parts: Vec<String> = [
        part("plan-documents", edge.documents.len()),
        part("plan-actions", edge.actions.len()),
    ]
    .into_iter()
    .flatten()
    .collect();
    words.all_of(&parts)
}

fn pairs(graph: &TopicGraph, words: &Wording) -> String {
    let name = |place: usize| graph.nodes[place].topic.label.text.clone();
    let pair = |edge: &TopicEdge| {
        words.say_with(
            "links-pair",
            &[("one", name(edge.a).into()), ("other", name(edge.b).into())],
        )
    };
    graph.edges.iter().map(pair).collect::<Vec<_>>().join("; ")
}

/// Breaks a text between words.
pub(crate) fn wrapped(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_name_breaks_between_words() {
        assert_eq!(
            wrapped("Visas and travel documents", 12),
            ["Visas and", "travel", "documents"]
        );
        assert_eq!(wrapped("", 12), Vec::<String>::new());
        assert_eq!(wrapped("Interoperability", 4), ["Interoperability"]);
    }
}
