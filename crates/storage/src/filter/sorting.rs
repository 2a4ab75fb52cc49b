//! How a list is sorted by one of its fields.

use domain::{record::RecordKind, time::Day};
use sea_orm::sea_query::{Expr, Func, SimpleExpr};

use super::{Absent, Field, FieldKind, Sight, fields, masked};
use crate::page::{Direction, Sort};

/// A field that a list is sorted by.
#[derive(Clone, Debug)]
pub struct Sorting {
    pub kind: RecordKind,
    pub today: Day,
    pub field: &'static Field,
    pub sight: Sight,
    /// The way that is natural for the field when absent: names from A, amounts from the largest.
    pub direction: Option<Direction>,
}

impl Sorting {
    /// Every record by a field that its reader sees everywhere.
    pub fn by(
        kind: RecordKind,
        key: &str,
        today: Day,
        direction: Option<Direction>,
    ) -> Option<Self> {
        let field = fields(kind).iter().find(|field| field.key == key)?;
        Some(Self {
            kind,
            today,
            field,
            sight: Sight::Everything,
            direction,
        })
    }

    /// The key never holds a null: absent values get one that has their place.
    pub(crate) fn sort(&self) -> Sort {
        let field = self.field;
        let natural = match field.kind {
            FieldKind::Number | FieldKind::Money { .. } | FieldKind::Instant | FieldKind::Flag => {
                Direction::Descending
            }
            _ => Direction::Ascending,
        };
        let direction = self.direction.unwrap_or(natural);
        let goes_low = field.absent == Absent::Least || direction == Direction::Descending;
        let sql = match field.kind {
            FieldKind::Person => format!(
                "select colleague.name_folded from users as colleague where colleague.id = {}",
                field.sql
            ),
            FieldKind::Flag => format!(
                "cast(case when {} then 1 else 0 end as bigint)",
                field.sql.replace("TODAY", &format!("'{}'", self.today))
            ),
            // Minor units, whatever the currency: an index can sort by them.
            _ => field.sql.replace("TODAY", &format!("'{}'", self.today)),
        };
        let absent: SimpleExpr = match field.kind {
            FieldKind::Number | FieldKind::Money { .. } | FieldKind::Instant | FieldKind::Flag => {
                Expr::val(if goes_low { -1_i64 } else { i64::MAX })
            }
            _ if goes_low => Expr::val(""),
            _ => Expr::val("\u{10FFFF}"),
        };
        let value = masked(self.kind, &sql, &self.sight);
        if field.absent == Absent::Never {
            return Sort::by_expr(value).towards(Some(direction));
        }
        let key = Func::coalesce([value, absent]);
        Sort::by_expr(key.into()).towards(Some(direction))
    }
}
