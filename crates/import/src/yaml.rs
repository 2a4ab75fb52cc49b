//! YAML: one record, a list of records, or several documents.
//!
//! Scalars stay text, so `no` is not turned into a yes/no and a date is not rewritten. Anchors and
//! aliases work; how far they may blow a file up is bounded.

use std::collections::HashMap;

use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, StrInput};

use crate::{node::Node, problem::FileProblem, table::Builder};

/// Values of one document, counted after aliases are expanded.
const NODES_MAX: usize = 2_000_000;
const DEPTH_MAX: usize = 64;

/// Fills the table.
pub(crate) fn read(text: &str, builder: &mut Builder<'_>) -> Result<(), FileProblem> {
    let mut loader = Loader {
        parser: Parser::new_from_str(text),
        anchors: HashMap::new(),
        nodes: 0,
        record: 0,
    };
    loop {
        match loader.next()? {
            Event::StreamEnd => return Ok(()),
            Event::DocumentStart(_) => loader.document(builder)?,
            Event::Nothing
            | Event::StreamStart
            | Event::DocumentEnd
            | Event::Alias(_)
            | Event::Scalar(..)
            | Event::SequenceStart(..)
            | Event::SequenceEnd
            | Event::MappingStart(..)
            | Event::MappingEnd => {}
        }
    }
}

struct Loader<'t> {
    parser: Parser<'t, StrInput<'t>>,
    anchors: HashMap<usize, Node>,
    nodes: usize,
    record: usize,
}

impl<'t> Loader<'t> {
    fn next(&mut self) -> Result<Event<'t>, FileProblem> {
        match self.parser.next_event() {
            Some(Ok((event, _))) => Ok(event),
            Some(Err(error)) => Err(self.malformed(&error)),
            None => Ok(Event::StreamEnd),
        }
    }

    fn malformed(&self, error: &ScanError) -> FileProblem {
        self.refuse(&error.to_string())
    }

    fn refuse(&self, detail: &str) -> FileProblem {
        FileProblem::Malformed {
            format: "YAML",
            record: self.record + 1,
            detail: detail.to_owned(),
        }
    }

    /// A list of records is taken one record at a time, so that it never stands in memory whole.
    fn document(&mut self, builder: &mut Builder<'_>) -> Result<(), FileProblem> {
        let event = self.next()?;
        if !matches!(event, Event::SequenceStart(..)) {
            let records = self.node(event, 0)?.records();
            return records
                .iter()
                .try_for_each(|record| self.row(record, builder));
        }
        loop {
            match self.next()? {
                Event::SequenceEnd | Event::StreamEnd => return Ok(()),
                event => {
                    let record = self.node(event, 1)?;
                    self.row(&record, builder)?;
                }
            }
        }
    }

    fn row(&mut self, record: &Node, builder: &mut Builder<'_>) -> Result<(), FileProblem> {
        if *record == Node::Null {
            return Ok(());
        }
        self.record += 1;
        builder.start_row(self.record)?;
        record.fill(builder)
    }

    fn node(&mut self, event: Event<'t>, depth: usize) -> Result<Node, FileProblem> {
        self.nodes += 1;
        if self.nodes > NODES_MAX || depth > DEPTH_MAX {
            return Err(self.refuse("it is nested too deeply or grows too large"));
        }
        match event {
            Event::Scalar(text, style, anchor, _) => {
                let null = style == ScalarStyle::Plain
                    && matches!(text.as_ref(), "" | "~" | "null" | "Null" | "NULL");
                let node = if null {
                    Node::Null
                } else {
                    Node::Text(text.into_owned())
                };
                Ok(self.anchored(anchor, node))
            }
            Event::SequenceStart(anchor, _) => {
                let mut items = Vec::new();
                loop {
                    match self.next()? {
                        Event::SequenceEnd | Event::StreamEnd => break,
                        event => items.push(self.node(event, depth + 1)?),
                    }
                }
                Ok(self.anchored(anchor, Node::List(items)))
            }
            Event::MappingStart(anchor, _) => {
                let mut members = Vec::new();
                loop {
                    let key = match self.next()? {
                        Event::MappingEnd | Event::StreamEnd => break,
                        event => self.node(event, depth + 1)?,
                    };
                    let Node::Text(key) = key else {
                        return Err(self.refuse("a key is not text"));
                    };
                    let event = self.next()?;
                    members.push((key, self.node(event, depth + 1)?));
                }
                Ok(self.anchored(anchor, Node::Map(members)))
            }
            Event::Alias(anchor) => {
                let node = self.anchors.get(&anchor).cloned().unwrap_or(Node::Null);
                self.nodes += size(&node);
                Ok(node)
            }
            Event::Nothing
            | Event::StreamStart
            | Event::StreamEnd
            | Event::DocumentStart(_)
            | Event::DocumentEnd
            | Event::SequenceEnd
            | Event::MappingEnd => Ok(Node::Null),
        }
    }

    fn anchored(&mut self, anchor: usize, node: Node) -> Node {
        if anchor > 0 {
            self.anchors.insert(anchor, node.clone());
        }
        node
    }
}

fn size(node: &Node) -> usize {
    match node {
        Node::Null | Node::Text(_) => 1,
        Node::List(items) => 1 + items.iter().map(size).sum::<usize>(),
        Node::Map(members) => 1 + members.iter().map(|(_, value)| size(value)).sum::<usize>(),
    }
}
