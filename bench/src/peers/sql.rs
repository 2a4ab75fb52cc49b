//! What the three SQL engines have in common: columns, the score and the filter as expressions.

use crate::world::{Facet, MULTIPLE, Query, Row, SINGLE, USE_POINTS, USES_MAX};

/// The columns of an advocate, in the order of [`fields`].
pub fn columns(number: &str, wide: &str) -> String {
    let single = SINGLE
        .iter()
        .map(|facet| format!("{} {number} not null", facet.name));
    let multiple = MULTIPLE
        .iter()
        .map(|facet| format!("{} {wide} not null", facet.name));
    let columns: Vec<String> = single.chain(multiple).collect();
    format!(
        "id integer primary key, eligible {number} not null, uses {number} not null, {}",
        columns.join(", ")
    )
}

/// The fields of a row as numbers.
pub fn fields(number: usize, row: &Row) -> Vec<u64> {
    let mut fields = vec![
        number as u64,
        u64::from(row.eligible()),
        u64::from(row.uses),
    ];
    fields.extend(row.single.map(u64::from));
    fields.extend(row.masks);
    fields
}

fn facet_of(value: u16) -> (&'static Facet, u16) {
    let mut all = SINGLE.iter().chain(&MULTIPLE);
    let facet = all.find(|facet| (facet.first..facet.first + facet.values).contains(&value));
    let facet = facet.unwrap_or(&SINGLE[0]);
    (facet, value - facet.first)
}

/// The points of facets and uses.
pub fn score(query: &Query) -> String {
    let mut terms = vec![format!("({USES_MAX} - uses) * {USE_POINTS}")];
    for wish in query.wishes.iter().filter(|wish| !wish.values.is_empty()) {
        let (facet, first) = facet_of(wish.values[0]);
        let (name, points) = (facet.name, wish.points);
        if MULTIPLE.iter().any(|multiple| multiple.name == name) {
            terms.push(format!(
                "cast(({name} >> {first}) & 1 as integer) * {points}"
            ));
        } else {
            let places = wish
                .values
                .iter()
                .map(|value| facet_of(*value).1.to_string());
            let places = places.collect::<Vec<_>>().join(", ");
            terms.push(format!(
                "case when {name} in ({places}) then {points} else 0 end"
            ));
        }
    }
    terms.join(" + ")
}

/// The musts, by columns and masks.
pub fn filter(query: &Query) -> String {
    let musts = query.musts.iter().map(|value| {
        let (facet, place) = facet_of(*value);
        if MULTIPLE.iter().any(|multiple| multiple.name == facet.name) {
            format!("({} >> {place}) & 1 = 1", facet.name)
        } else {
            format!("{} = {place}", facet.name)
        }
    });
    let musts: Vec<String> = musts.collect();
    format!("eligible = 1 and {}", musts.join(" and "))
}

/// A sum per value of the facets of which a row may hold several.
pub fn mask_sums() -> String {
    let of_facet = |facet: &Facet| {
        let name = facet.name;
        let sums = (0..facet.values).map(move |place| format!("sum(({name} >> {place}) & 1)"));
        sums.collect::<Vec<_>>().join(", ")
    };
    MULTIPLE.iter().map(of_facet).collect::<Vec<_>>().join(", ")
}

/// Rows hold one activity that all of them were asked for, so its count is the total.
pub fn total(query: &Query, counts: &[u32]) -> u32 {
    counts[usize::from(query.musts[0])]
}
