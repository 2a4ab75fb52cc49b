//! What the calculator refuses, field by field, in words that say what would be right.

use crate::exact::Exact;

use super::{Plan, Process, SEGMENTS_MAX, Segment};

const SELLERS_MAX: f64 = 1_000_000.0;
const MONEY_MAX: f64 = 1_000_000_000_000_000.0;
const REFERENCES_MAX: f64 = 100.0;
const NAME_CHARACTERS_MAX: usize = 200;

/// A field that makes no sense.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// The field as the plan names it, with its place: `segments.0.deal_size`.
    pub field: String,
    /// What is wrong and what would be right.
    pub message: String,
}

impl Problem {
    pub(crate) fn new(field: &str, message: impl Into<String>) -> Self {
        Self {
            field: field.to_owned(),
            message: message.into(),
        }
    }
}

/// Every segment checked and exact.
pub(crate) fn processes(plan: &Plan) -> Result<Vec<Process>, Vec<Problem>> {
    let count = plan.segments.len();
    if count == 0 || count > SEGMENTS_MAX {
        return Err(vec![Problem::new(
            "segments",
            format!("The plan has {count} segments; it must have from 1 to {SEGMENTS_MAX}."),
        )]);
    }
    let mut problems = Vec::new();
    let mut processes = Vec::with_capacity(count);
    for (place, segment) in plan.segments.iter().enumerate() {
        let mut reader = Reader {
            place,
            problems: &mut problems,
        };
        processes.extend(reader.segment(segment));
    }
    if problems.is_empty() {
        Ok(processes)
    } else {
        Err(problems)
    }
}

struct Reader<'a> {
    place: usize,
    problems: &'a mut Vec<Problem>,
}

impl Reader<'_> {
    fn segment(&mut self, segment: &Segment) -> Option<Process> {
        if segment.name.chars().count() > NAME_CHARACTERS_MAX {
            self.refuse(
                "name",
                format!("The name is longer than {NAME_CHARACTERS_MAX} characters."),
            );
        }
        // All fields are read before any is missed, so that every problem is named at once.
        let sellers = self.number(
            "sellers",
            segment.sellers,
            SELLERS_MAX,
            "the number of sellers",
        );
        let quota = self.number("quota", segment.quota, MONEY_MAX, "the quota");
        let deal_size = self.above_zero("deal_size", segment.deal_size, MONEY_MAX, "the deal size");
        let need_rate = self.number("need_rate", segment.need_rate, 1.0, "the need rate");
        let references = self.number(
            "references",
            segment.references,
            REFERENCES_MAX,
            "the number of references per opportunity",
        );
        let win_rate = segment
            .win_rate
            .map(|rate| self.above_zero("win_rate", rate, 1.0, "the win rate"));
        let months = self.months(segment.seasonality.as_deref());
        Some(Process {
            sellers: sellers?,
            quota: quota?,
            deal_size: deal_size?,
            need_rate: need_rate?,
            references: references?,
            win_rate: match win_rate {
                Some(rate) => Some(rate?),
                None => None,
            },
            months: months?,
        })
    }

    fn refuse(&mut self, field: &str, message: String) {
        let field = format!("segments.{}.{field}", self.place);
        self.problems.push(Problem { field, message });
    }

    fn number(&mut self, field: &str, value: f64, most: f64, what: &str) -> Option<Exact> {
        let exact = Exact::typed(value);
        if let Some(exact) = exact.filter(|_| (0.0..=most).contains(&value)) {
            return Some(exact);
        }
        let hint = if most == 1.0 && value > 1.0 && value <= 100.0 {
            format!(" For {value} percent write {}.", value / 100.0)
        } else {
            String::new()
        };
        self.refuse(
            field,
            format!(
                "This is {value}; {what} must be from 0 to {}.{hint}",
                grouped(most)
            ),
        );
        None
    }

    fn above_zero(&mut self, field: &str, value: f64, most: f64, what: &str) -> Option<Exact> {
        let exact = self.number(field, value, most, what)?;
        if exact.is_zero() {
            self.refuse(
                field,
                format!("This is 0; {what} must be above 0, because the formula divides by it."),
            );
            return None;
        }
        Some(exact)
    }

    fn months(&mut self, weights: Option<&[f64]>) -> Option<[Exact; 12]> {
        let Some(weights) = weights else {
            return Some(std::array::from_fn(|_| Exact::one().part(12)));
        };
        let read: Vec<Exact> = weights
            .iter()
            .filter(|weight| (0.0..=1_000_000.0).contains(*weight))
            .filter_map(|weight| Exact::typed(*weight))
            .collect();
        let sum = read
            .iter()
            .fold(Exact::zero(), |sum, weight| sum.plus(weight));
        let parts: Vec<Exact> = read.iter().filter_map(|weight| weight.over(&sum)).collect();
        if let Ok(months) = <[Exact; 12]>::try_from(parts)
            && weights.len() == 12
        {
            return Some(months);
        }
        self.refuse(
            "seasonality",
            "Give twelve weights from 0, January first, at least one of them above 0.".to_owned(),
        );
        None
    }
}

/// A whole number with commas between thousands.
fn grouped(number: f64) -> String {
    let digits = format!("{number:.0}");
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}
