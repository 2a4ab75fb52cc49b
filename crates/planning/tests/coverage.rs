//! Coverage against oracles that share nothing with it: every assignment tried on small problems,
//! a linear program on larger ones; and what must hold between two solutions.

use microlp::{ComparisonOp, OptimizationDirection, Problem, SolveOutcome, Variable};
use planning::coverage::{Capacity, Coverage, Supply, Want, group};
use proptest::prelude::*;

/// A problem as tests write it down: suppliers as fits, units per window, units in total.
#[derive(Clone, Debug)]
struct Case {
    segments: u32,
    windows: u32,
    suppliers: Vec<(Vec<u32>, Vec<u32>, u32)>,
    wants: Vec<Want>,
}

impl Case {
    fn supply(&self) -> Supply {
        let mut supply = Supply::new(self.windows);
        for (fits, per_window, total) in &self.suppliers {
            supply.push(
                fits,
                Capacity {
                    per_window,
                    total: *total,
                },
            );
        }
        supply
    }

    fn solve(&self) -> Coverage {
        Coverage::solve(
            self.segments,
            self.windows,
            self.supply(),
            self.wants.clone(),
        )
        .expect("the problem is stated within its bounds")
    }
}

fn case(
    segments: u32,
    windows: u32,
    suppliers: usize,
    units_max: u32,
) -> impl Strategy<Value = Case> {
    let supplier = (
        proptest::collection::btree_set(0..segments, 0..=segments.min(4) as usize),
        proptest::collection::vec(0..=units_max, windows as usize),
        0..=units_max * 2,
    )
        .prop_map(|(fits, per_window, total)| (fits.into_iter().collect(), per_window, total));
    let want = (0..segments, 0..windows, 0..=u64::from(units_max), 0_u64..6).prop_map(
        |(segment, window, units, value)| Want {
            segment,
            window,
            units,
            value,
        },
    );
    (
        proptest::collection::vec(supplier, 0..=suppliers),
        proptest::collection::vec(want, 0..=suppliers * 2),
    )
        .prop_map(move |(suppliers, wants)| Case {
            segments,
            windows,
            suppliers,
            wants,
        })
}

/// The greatest value over every way to give the units one after the other.
fn try_everything(case: &Case) -> u128 {
    fn give(case: &Case, want: usize, left: &mut Vec<(Vec<u32>, u32)>, open: u64) -> u128 {
        let Some(wanted) = case.wants.get(want) else {
            return 0;
        };
        let next_open = case.wants.get(want + 1).map_or(0, |next| next.units);
        // Leaving the rest of this want uncovered.
        let mut best = give(case, want + 1, left, next_open);
        if open == 0 {
            return best;
        }
        let window = wanted.window as usize;
        for supplier in 0..left.len() {
            let fits = case.suppliers[supplier].0.contains(&wanted.segment);
            if fits && left[supplier].0[window] > 0 && left[supplier].1 > 0 {
                left[supplier].0[window] -= 1;
                left[supplier].1 -= 1;
                let value = u128::from(wanted.value) + give(case, want, left, open - 1);
                left[supplier].0[window] += 1;
                left[supplier].1 += 1;
                best = best.max(value);
            }
        }
        best
    }
    let mut left: Vec<(Vec<u32>, u32)> = case
        .suppliers
        .iter()
        .map(|(_, per_window, total)| (per_window.clone(), *total))
        .collect();
    give(
        case,
        0,
        &mut left,
        case.wants.first().map_or(0, |want| want.units),
    )
}

/// The optimum of the linear program with every constraint written out.
fn linear_program(case: &Case) -> f64 {
    let mut problem = Problem::new(OptimizationDirection::Maximize);
    let mut of_want: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); case.wants.len()];
    for (fits, per_window, total) in &case.suppliers {
        let mut of_window: Vec<Vec<(Variable, f64)>> = vec![Vec::new(); per_window.len()];
        for (place, want) in case.wants.iter().enumerate() {
            if fits.contains(&want.segment) {
                let variable = problem.add_var(want.value as f64, (0.0, f64::INFINITY));
                of_want[place].push((variable, 1.0));
                of_window[want.window as usize].push((variable, 1.0));
            }
        }
        let all: Vec<(Variable, f64)> = of_window.iter().flatten().copied().collect();
        problem.add_constraint(all.as_slice(), ComparisonOp::Le, f64::from(*total));
        for (variables, units) in of_window.iter().zip(per_window) {
            problem.add_constraint(variables.as_slice(), ComparisonOp::Le, f64::from(*units));
        }
    }
    for (variables, want) in of_want.iter().zip(&case.wants) {
        problem.add_constraint(variables.as_slice(), ComparisonOp::Le, want.units as f64);
    }
    match problem.solve().expect("the program is feasible") {
        SolveOutcome::Solution(solution) => solution.objective(),
        SolveOutcome::Interrupted(_) => panic!("no limit was set"),
    }
}

/// What is served is within every capacity and adds up to what is covered.
fn check_served(case: &Case, coverage: &Coverage) {
    let mut by_node = std::collections::BTreeMap::new();
    let mut left = case.suppliers.clone();
    for one in coverage.served() {
        let (fits, per_window, total) = &mut left[one.supplier as usize];
        let units = u32::try_from(one.units).expect("few units");
        assert!(fits.contains(&one.segment));
        per_window[one.window as usize] = per_window[one.window as usize]
            .checked_sub(units)
            .expect("within the window");
        *total = total.checked_sub(units).expect("within the total");
        *by_node.entry((one.segment, one.window)).or_insert(0) += one.units;
    }
    let mut covered = std::collections::BTreeMap::new();
    for (place, want) in coverage.wants().iter().enumerate() {
        assert!(coverage.covered(place) <= want.units);
        if coverage.covered(place) > 0 {
            *covered.entry((want.segment, want.window)).or_insert(0) += coverage.covered(place);
        }
    }
    assert_eq!(by_node, covered);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn no_assignment_of_a_small_problem_covers_more_money(case in case(3, 2, 3, 2)) {
        let coverage = case.solve();
        check_served(&case, &coverage);
        prop_assert_eq!(coverage.value_covered(), try_everything(&case));
    }

    #[test]
    fn a_linear_program_finds_the_same_money(case in case(12, 3, 24, 9)) {
        let coverage = case.solve();
        check_served(&case, &coverage);
        let reference = linear_program(&case);
        prop_assert!((coverage.value_covered() as f64 - reference).abs() < 1e-6 * (1.0 + reference));
    }

    #[test]
    fn a_change_leaves_what_solving_anew_would_find(
        case in case(12, 3, 24, 9),
        supplier in 0_usize..24,
        per_window in proptest::collection::vec(0_u32..9, 3),
        total in 0_u32..18,
        want in 0_usize..48,
        units in 0_u64..9,
    ) {
        let mut coverage = case.solve();
        let mut changed = case.clone();
        if let Some(row) = changed.suppliers.get_mut(supplier) {
            row.1.clone_from(&per_window);
            row.2 = total;
            coverage.change_supplier(supplier as u32, Capacity { per_window: &per_window, total }).expect("there");
        }
        if let Some(row) = changed.wants.get_mut(want) {
            row.units = units;
            coverage.change_want(want as u32, units).expect("there");
        }
        let anew = changed.solve();
        check_served(&changed, &coverage);
        for place in 0..changed.wants.len() {
            prop_assert_eq!(coverage.covered(place), anew.covered(place));
        }
    }

    #[test]
    fn a_recruit_brings_what_solving_with_the_recruit_brings(
        case in case(12, 3, 16, 5),
        fits in proptest::collection::btree_set(0_u32..12, 1..4),
        per_window in proptest::collection::vec(0_u32..5, 3),
        total in 0_u32..9,
    ) {
        let coverage = case.solve();
        let fits: Vec<u32> = fits.into_iter().collect();
        let capacity = Capacity { per_window: &per_window, total };
        let recruit = coverage.recruit(&fits, capacity).expect("within bounds");
        let mut with = case.clone();
        with.suppliers.push((fits.clone(), per_window.clone(), total));
        let after = with.solve();
        prop_assert_eq!(recruit.value, after.value_covered() - coverage.value_covered());
        prop_assert_eq!(recruit.units, after.units_covered() - coverage.units_covered());
    }

    #[test]
    fn a_problem_that_follows_another_is_solved_as_it_is_alone(
        before in case(8, 2, 16, 5),
        lost in 0_usize..20,
        more in case(8, 2, 2, 5),
    ) {
        let mut after = before.clone();
        if lost < after.suppliers.len() {
            after.suppliers.remove(lost);
        }
        after.suppliers.extend(more.suppliers);
        after.wants.extend(more.wants);
        let wants = after.wants.clone();
        let followed = before.solve().followed(8, 2, after.supply(), wants).expect("within bounds");
        let alone = after.solve();
        prop_assert_eq!(followed.served(), alone.served());
        let covered = |one: &Coverage| (0..after.wants.len()).map(|place| one.covered(place)).collect::<Vec<_>>();
        prop_assert_eq!(covered(&followed), covered(&alone));
        prop_assert_eq!(followed.worth_of_a_unit(), alone.worth_of_a_unit());
    }

    #[test]
    fn the_worth_of_a_unit_is_what_one_unit_more_at_its_place_covers(case in case(8, 2, 16, 5)) {
        let coverage = case.solve();
        let worth = coverage.worth_of_a_unit();
        for segment in 0..8_u32 {
            for window in 0..2_u32 {
                let mut per_window = vec![0, 0];
                per_window[window as usize] = 1;
                let capacity = Capacity { per_window: &per_window, total: 1 };
                let recruit = coverage.recruit(&[segment], capacity).expect("within bounds");
                prop_assert_eq!(u128::from(worth[segment as usize][window as usize]), recruit.value);
            }
        }
    }

    #[test]
    fn equal_suppliers_together_give_what_they_give_alone(case in case(4, 2, 20, 1)) {
        let (grouped, groups) = group(&case.supply());
        prop_assert_eq!(groups.len(), case.suppliers.len());
        let apart = case.solve();
        let together = Coverage::solve(4, 2, grouped, case.wants.clone()).expect("within bounds");
        prop_assert_eq!(apart.value_covered(), together.value_covered());
    }
}

#[test]
fn a_supplier_of_two_segments_goes_where_nobody_else_can_help() {
    let want = |segment, value| Want {
        segment,
        window: 0,
        units: 1_000,
        value,
    };
    // Retail is worth more, but only the first advocate can speak to healthcare.
    let coverage = Case {
        segments: 2,
        windows: 1,
        suppliers: vec![
            (vec![0, 1], vec![1_000], 1_000),
            (vec![1], vec![1_000], 1_000),
        ],
        wants: vec![want(1, 9), want(0, 5), want(1, 2)],
    }
    .solve();
    assert_eq!(coverage.value_covered(), 14_000);
    assert_eq!(
        (0..3)
            .map(|place| coverage.covered(place))
            .collect::<Vec<_>>(),
        [1_000, 1_000, 0]
    );
    let next = |segment| {
        let capacity = Capacity {
            per_window: &[1_000],
            total: 1_000,
        };
        coverage
            .recruit(&[segment], capacity)
            .expect("within bounds")
            .value
    };
    // One more for healthcare frees the first for the last deal of retail.
    assert_eq!((next(0), next(1)), (2_000, 2_000));
    assert_eq!(coverage.component_sizes(), [2]);
}
