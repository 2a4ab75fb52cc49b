//! JSON lines, a JSON array, or one JSON document; records are taken one at a time.

use std::fmt;

use serde::de::{self, DeserializeSeed, SeqAccess, Visitor};

use crate::{node::Node, problem::FileProblem, table::Builder, table::Format};

/// Fills the table and says which of the two shapes it was.
pub(crate) fn read(text: &str, builder: &mut Builder<'_>) -> Result<Format, FileProblem> {
    if text.trim_start().starts_with('[') {
        let mut sink = Sink {
            builder,
            records: 0,
            refused: None,
        };
        let mut deserializer = serde_json::Deserializer::from_str(text);
        let outcome = Rows(&mut sink)
            .deserialize(&mut deserializer)
            .and_then(|()| deserializer.end());
        let (record, refused) = (sink.records + 1, sink.refused.take());
        return match (refused, outcome) {
            (Some(problem), _) => Err(problem),
            (None, Err(error)) => Err(malformed(record, &error)),
            (None, Ok(())) => Ok(Format::Json),
        };
    }
    let mut documents = serde_json::Deserializer::from_str(text).into_iter::<Node>();
    let mut number = 0;
    let mut held: Option<Node> = None;
    for document in &mut documents {
        let node = document.map_err(|error| malformed(number + 1, &error))?;
        number += 1;
        // The first document may be a wrapper around all records: that is known at the second one.
        if number == 1 {
            held = Some(node);
            continue;
        }
        if let Some(first) = held.take() {
            row(&first, 1, builder)?;
        }
        row(&node, number, builder)?;
    }
    match held {
        None => Ok(Format::JsonLines),
        Some(document) => {
            for (index, record) in document.records().iter().enumerate() {
                row(record, index + 1, builder)?;
            }
            Ok(Format::Json)
        }
    }
}

fn row(record: &Node, number: usize, builder: &mut Builder<'_>) -> Result<(), FileProblem> {
    builder.start_row(number)?;
    record.fill(builder)
}

fn malformed(record: usize, error: &serde_json::Error) -> FileProblem {
    FileProblem::Malformed {
        format: "JSON",
        record,
        detail: error.to_string(),
    }
}

struct Sink<'s, 'l> {
    builder: &'s mut Builder<'l>,
    records: usize,
    refused: Option<FileProblem>,
}

/// Takes the items of an array one by one, so that the whole array never stands in memory.
struct Rows<'s, 'b, 'l>(&'s mut Sink<'b, 'l>);

impl<'de> DeserializeSeed<'de> for Rows<'_, '_, '_> {
    type Value = ();

    fn deserialize<D: de::Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_seq(self)
    }
}

impl<'de> Visitor<'de> for Rows<'_, '_, '_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a list of records")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<(), A::Error> {
        while let Some(record) = items.next_element::<Node>()? {
            let number = self.0.records + 1;
            if let Err(problem) = row(&record, number, self.0.builder) {
                self.0.refused = Some(problem);
                return Err(de::Error::custom("refused"));
            }
            self.0.records = number;
        }
        Ok(())
    }
}
