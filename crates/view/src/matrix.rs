use std::collections::BTreeMap;

use comity_conference::fact::{TopicAddressed, TopicOpened};
use comity_conference::{Held, Name};

use crate::meeting::mark_name;
use crate::{Link, MarkName, Named, View};

/// Who addressed which topic when.
#[derive(Debug, Clone, PartialEq)]
pub struct Matrix {
    /// Ascending, without gaps.
    pub years: Vec<i16>,
    pub sections: Vec<MatrixSection>,
    pub legend: Vec<LegendLine>,
}

/// The topics of one section.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixSection {
    pub section: Link,
    pub rows: Vec<MatrixRow>,
}

/// One topic: a cell to each year.
#[derive(Debug, Clone, PartialEq)]
pub struct MatrixRow {
    pub topic: Link,
    /// The marks of the kinds of body that addressed it, aligned with the years of the matrix.
    pub cells: Vec<Vec<MarkName>>,
    /// The same in words: which body in which years.
    pub by_body: Vec<BodyYears>,
}

/// In which years a body addressed a topic.
#[derive(Debug, Clone, PartialEq)]
pub struct BodyYears {
    pub body: Link,
    pub acronym: Option<String>,
    pub mark: Option<MarkName>,
    pub years: Vec<i16>,
    /// From this year on, still going on.
    pub since: Option<i16>,
}

/// What a mark stands for.
#[derive(Debug, Clone, PartialEq)]
pub struct LegendLine {
    pub mark: MarkName,
    pub kind: Named,
    pub bodies: Vec<Link>,
}

/// Topics and what ties them.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicGraph {
    pub nodes: Vec<TopicNode>,
    pub edges: Vec<TopicEdge>,
}

/// A topic in the picture.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicNode {
    pub topic: Link,
    pub section: Link,
}

/// Two topics that share documents or actions.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicEdge {
    /// Place of the first in the nodes.
    pub a: usize,
    /// Place of the second in the nodes.
    pub b: usize,
    pub documents: Vec<Link>,
    pub actions: Vec<Link>,
}

/// A topic tied to another.
#[derive(Debug, Clone, PartialEq)]
pub struct TopicTie {
    pub topic: Link,
    pub documents: Vec<Link>,
    pub actions: Vec<Link>,
}

impl View {
    /// Topics by years, with the marks of the kinds of body that addressed them; of one section, where one is asked for.
    pub fn matrix(&self, section: Option<&str>) -> Matrix {
        let years = self.years_addressed();
        let topics = self.topics_in_order();
        let wanted = self
            .sections_in_order()
            .into_iter()
            .filter(|held| section.is_none_or(|section| held.fact.id == *section));
        let sections = wanted.map(|held| {
            let of_section = topics
                .iter()
                .filter(|topic| topic.fact.section == held.fact.id);
            MatrixSection {
                section: self.section_or_id(&held.fact.id),
                rows: of_section
                    .map(|topic| self.matrix_row(&topic.fact.id, &years))
                    .collect(),
            }
        });
        Matrix {
            sections: sections.collect(),
            legend: self.legend(),
            years,
        }
    }

    /// Topics and the documents and actions that tie them, as of the day shown.
    pub fn links(&self) -> TopicGraph {
        let topics = self.topics_in_order();
        let place: BTreeMap<&str, usize> = topics
            .iter()
            .enumerate()
            .map(|(place, held)| (held.fact.id.as_str(), place))
            .collect();
        let edge = |link: comity_conference::TopicLink| {
            let (a, b) = (
                *place.get(link.topics.0.as_str())?,
                *place.get(link.topics.1.as_str())?,
            );
            let documents = self.documents_shown(&link.documents);
            let actions = self.actions_shown(&link.actions);
            let tied = !documents.is_empty() || !actions.is_empty();
            tied.then_some(TopicEdge {
                a: a.min(b),
                b: a.max(b),
                documents,
                actions,
            })
        };
        let mut edges: Vec<TopicEdge> = self
            .conference()
            .topic_links()
            .into_iter()
            .filter_map(edge)
            .collect();
        edges.sort_by_key(|edge| (edge.a, edge.b));
        let node = |held: &&Held<TopicOpened>| TopicNode {
            topic: self.topic_or_id(&held.fact.id),
            section: self.section_or_id(&held.fact.section),
        };
        TopicGraph {
            nodes: topics.iter().map(node).collect(),
            edges,
        }
    }

    /// The topics tied to one, those with most in common first.
    pub(crate) fn ties_of(&self, id: &str) -> Vec<TopicTie> {
        let graph = self.links();
        let Some(here) = graph.nodes.iter().position(|node| node.topic.id == id) else {
            return Vec::new();
        };
        let touching = graph
            .edges
            .into_iter()
            .filter(|edge| edge.a == here || edge.b == here);
        let mut ties: Vec<TopicTie> = touching
            .map(|edge| {
                let other = if edge.a == here { edge.b } else { edge.a };
                TopicTie {
                    topic: graph.nodes[other].topic.clone(),
                    documents: edge.documents,
                    actions: edge.actions,
                }
            })
            .collect();
        ties.sort_by_key(|tie| std::cmp::Reverse(tie.documents.len() + tie.actions.len()));
        ties
    }

    pub(crate) fn matrix_row(&self, topic: &str, years: &[i16]) -> MatrixRow {
        let rows = self.addressed_rows(topic);
        let marks_in = |year: i16| {
            let bodies = rows
                .iter()
                .filter(|row| self.taken_up_in(&row.fact, year))
                .flat_map(|row| &row.fact.bodies);
            let mut marks: Vec<MarkName> = bodies.filter_map(|body| self.body_mark(body)).collect();
            marks.sort_by_key(|mark| self.mark_rank(mark));
            marks.dedup();
            marks
        };
        MatrixRow {
            topic: self.topic_or_id(topic),
            cells: years.iter().map(|year| marks_in(*year)).collect(),
            by_body: self.years_by_body(&rows),
        }
    }

    fn years_by_body(&self, rows: &[&Held<TopicAddressed>]) -> Vec<BodyYears> {
        let mut bodies: Vec<&str> = rows
            .iter()
            .flat_map(|row| row.fact.bodies.iter().map(Name::as_str))
            .collect();
        bodies.sort_by_key(|body| (self.body_rank(body), *body));
        bodies.dedup();
        let line = |body: &str| {
            let (years, since) = self.years_taken_up(rows, body)?;
            Some(BodyYears {
                body: self.body_or_id(body),
                acronym: self.body_acronym(body),
                mark: self.body_mark(body),
                years,
                since,
            })
        };
        bodies.into_iter().filter_map(line).collect()
    }

    /// In which years, and from which on, a body took a topic up, up to the day shown; `None` where it had not.
    pub(crate) fn years_taken_up(
        &self,
        rows: &[&Held<TopicAddressed>],
        body: &str,
    ) -> Option<(Vec<i16>, Option<i16>)> {
        let horizon = self.day().year();
        let of_body = rows
            .iter()
            .map(|row| &row.fact)
            .filter(|row| row.bodies.iter().any(|id| id == body));
        let mut years: Vec<i16> = of_body
            .clone()
            .flat_map(|row| row.years.iter().copied())
            .filter(|year| *year <= horizon)
            .collect();
        years.sort_unstable();
        years.dedup();
        let since = of_body
            .filter_map(|row| row.since)
            .filter(|year| *year <= horizon)
            .min();
        (!years.is_empty() || since.is_some()).then_some((years, since))
    }

    /// From the first year in which anything was addressed to the year of the day shown.
    pub(crate) fn years_addressed(&self) -> Vec<i16> {
        let first = self
            .conference()
            .addressed
            .iter()
            .flat_map(|held| held.fact.years.iter().copied().chain(held.fact.since))
            .min();
        first
            .map(|first| (first..=self.day().year()).collect())
            .unwrap_or_default()
    }

    fn legend(&self) -> Vec<LegendLine> {
        let kinds = self.rules().body_kinds.iter();
        kinds
            .filter_map(|kind| {
                let mark = mark_name(kind.mark?);
                let mut bodies: Vec<_> = self
                    .conference()
                    .bodies
                    .iter()
                    .filter(|held| held.fact.kind == kind.id)
                    .map(|held| held.fact.id.as_str())
                    .collect();
                bodies.sort_by_key(|body| self.body_rank(body));
                let bodies = bodies
                    .into_iter()
                    .filter_map(|body| self.body_link(body))
                    .collect();
                Some(LegendLine {
                    mark,
                    kind: self.body_kind(&kind.id),
                    bodies,
                })
            })
            .collect()
    }

    fn mark_rank(&self, mark: MarkName) -> Option<usize> {
        self.rules()
            .body_kinds
            .iter()
            .position(|kind| kind.mark.is_some_and(|found| mark_name(found) == mark))
    }
}
