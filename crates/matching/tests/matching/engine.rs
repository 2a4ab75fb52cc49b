//! The engine against its definition: every kernel scores, selects and counts as plain loops do.

use std::cmp::Reverse;

use matching::engine::{
    BLOCK_ROWS, Bitmap, Kernel, List, Part, Rows, Selection, Top, count_by_lists, count_by_sets,
    rank,
};
use proptest::{collection::vec, prelude::*};

/// Two blocks and a bit.
const ROWS: u32 = 2 * BLOCK_ROWS as u32 + 700;

/// A set that is dense, sparse or confined to a stretch of rows.
fn rows() -> impl Strategy<Value = Vec<u32>> {
    (any::<u64>(), 1..400_u32, 0..ROWS, 1..ROWS).prop_map(|(seed, gap, from, length)| {
        let mut number = seed;
        let mut row = from;
        let mut rows = Vec::new();
        while row < ROWS.min(from.saturating_add(length)) {
            rows.push(row);
            number = number
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            row += 1 + (number >> 33) as u32 % gap;
        }
        rows
    })
}

#[derive(Clone, Debug)]
enum Form {
    Stored,
    Listed,
    Union,
}

fn form() -> impl Strategy<Value = Form> {
    prop_oneof![Just(Form::Stored), Just(Form::Listed), Just(Form::Union)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_kernel_ranks_selects_and_counts_as_the_definition_does(
        conditions in vec(rows(), 0..3),
        exception in rows(),
        parts in vec((rows(), rows(), form(), 0..32_u8), 0..8),
        limit in 0..30_usize,
    ) {
        let stored: Vec<Bitmap> = conditions.iter().map(|rows| Bitmap::of(rows.iter().copied())).collect();
        let asked: Vec<Rows> = stored.iter().map(Rows::Bitmap).collect();
        let out = Bitmap::of(exception.iter().copied());
        let sets: Vec<(Bitmap, Bitmap)> = parts.iter()
            .map(|(one, other, _, _)| (Bitmap::of(one.iter().copied()), Bitmap::of(other.iter().copied())))
            .collect();
        let listed: Vec<List> = parts.iter().map(|(list, ..)| List::of(list.iter().copied())).collect();
        let scored: Vec<Part> = sets.iter().zip(&listed).zip(&parts).map(|(((one, other), list), (_, _, form, points))| Part {
            rows: match form {
                Form::Stored => Rows::Bitmap(one),
                Form::Listed => Rows::List(list),
                Form::Union => Rows::AnyOf(vec![Rows::Bitmap(other), Rows::List(list)]),
            },
            points: *points,
        }).collect();

        let selected: Vec<u32> = (0..ROWS)
            .filter(|row| conditions.iter().all(|rows| rows.binary_search(row).is_ok()))
            .filter(|row| exception.binary_search(row).is_err())
            .collect();
        let score = |row: u32| parts.iter().map(|(one, other, form, points)| {
            let held = one.binary_search(&row).is_ok()
                || matches!(form, Form::Union) && other.binary_search(&row).is_ok();
            if held { *points } else { 0 }
        }).sum::<u8>();
        let tie = |row: u32| row % 3;
        let mut best: Vec<(Reverse<u8>, u32, u32)> =
            selected.iter().map(|row| (Reverse(score(*row)), tie(*row), *row)).collect();
        best.sort_unstable();
        best.truncate(limit);
        let best: Vec<(u32, u8)> = best.into_iter().map(|(score, _, row)| (row, score.0)).collect();
        let counts: Vec<u32> = parts.iter()
            .map(|(one, ..)| selected.iter().filter(|row| one.binary_search(row).is_ok()).count() as u32)
            .collect();
        let lists: Vec<Vec<u32>> = (0..ROWS).map(|row| {
            (0..).zip(&parts).filter(|(_, (one, ..))| one.binary_search(&row).is_ok()).map(|(set, _)| set).collect()
        }).collect();

        for kernel in Kernel::available() {
            let selection = Selection::new(ROWS, &asked, &[&out], kernel);
            prop_assert_eq!(selection.count(), selected.len());
            prop_assert_eq!(&selection.iter().collect::<Vec<_>>(), &selected);
            let mut top = Top::new(limit, tie);
            rank(&selection, &scored, kernel, &mut top);
            prop_assert_eq!(&top.rows().collect::<Vec<_>>(), &best, "{:?}", kernel);
            prop_assert_eq!(&count_by_sets(&selection, sets.iter().map(|(one, _)| one), kernel), &counts);
            prop_assert_eq!(&count_by_lists(&selection, parts.len(), |row| &lists[row as usize]), &counts);
        }
    }

    #[test]
    fn a_set_that_is_written_changes_and_its_older_clone_does_not(
        before in rows(),
        changes in vec((0..ROWS, any::<bool>()), 1..50),
    ) {
        let mut set = Bitmap::of(before.iter().copied());
        let older = set.clone();
        let mut expected: std::collections::BTreeSet<u32> = before.iter().copied().collect();
        for (row, is_in) in changes {
            set.set(row, is_in);
            if is_in { expected.insert(row); } else { expected.remove(&row); }
        }
        prop_assert_eq!(set.count(), expected.len());
        prop_assert!((0..ROWS).all(|row| set.contains(row) == expected.contains(&row)));
        prop_assert!((0..ROWS).all(|row| older.contains(row) == before.binary_search(&row).is_ok()));
    }
}

#[test]
fn the_portable_kernel_is_always_there_and_the_best_is_one_that_can_run() {
    assert_eq!(Kernel::available()[0], Kernel::Portable);
    assert!(Kernel::available().contains(&Kernel::best()));
}
