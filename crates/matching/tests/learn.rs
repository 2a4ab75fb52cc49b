//! Weights learned from choices whose true weights are known.

use matching::learn::{Choice, foresight, learn};

/// Numbers from 0 up to 1 that are the same in every run.
struct Numbers(u64);

impl Numbers {
    fn next(&mut self) -> f64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

/// Choices of somebody for whom the criteria are worth `truth`, with some whim in each.
fn choices(truth: &[f64], count: usize, seed: u64) -> Vec<Choice> {
    let mut numbers = Numbers(seed);
    let mut choice = || {
        let mut all: Vec<Vec<f64>> = (0..30)
            .map(|_| {
                let fits = truth.iter().map(|_| (numbers.next() * 3.0).floor() / 2.0);
                fits.collect()
            })
            .collect();
        let mut liked = Vec::new();
        for (place, fits) in all.iter().enumerate() {
            let worth: f64 = fits
                .iter()
                .zip(truth)
                .map(|(fit, worth)| fit * worth * 0.1)
                .sum();
            // Gumbel noise makes the choice a conditional logit exactly.
            let whim = -(-(numbers.next() + 1e-12).ln()).ln();
            liked.push((worth + whim, place));
        }
        let best = liked
            .into_iter()
            .max_by(|one, other| one.0.total_cmp(&other.0));
        let taken = all.swap_remove(best.expect("thirty").1);
        Choice {
            taken,
            others: all,
            importance: 1.0,
        }
    };
    (0..count).map(|_| choice()).collect()
}

#[test]
fn what_truly_counted_is_found_again_and_foresees_later_choices_better() {
    let truth = [60.0, 5.0, 30.0];
    let now = [20.0, 20.0, 20.0];
    let (past, later) = (choices(&truth, 300, 1), choices(&truth, 200, 2));
    let learned = learn(&past, &now);
    for (learned, truth) in learned.iter().zip(&truth) {
        assert!(
            (learned - truth).abs() < 12.0,
            "{learned} is far from {truth}"
        );
    }
    let before = foresight(&later, &now).expect("choices");
    let after = foresight(&later, &learned).expect("choices");
    assert!(
        after.mean_place < before.mean_place,
        "{after:?} after {before:?}"
    );
    assert!(after.hit_rate >= before.hit_rate);
}

#[test]
fn few_choices_move_the_weights_little_and_none_not_at_all() {
    let now = [20.0, 20.0];
    assert_eq!(learn(&[], &now), now);
    let few = learn(&choices(&[90.0, 1.0], 2, 3), &now);
    let many = learn(&choices(&[90.0, 1.0], 200, 3), &now);
    assert!((few[0] - now[0]).abs() < (many[0] - now[0]).abs());
}

#[test]
fn a_criterion_that_no_choice_is_about_keeps_its_weight() {
    let mut past = choices(&[60.0, 5.0, 30.0], 100, 4);
    for choice in &mut past {
        choice.taken[1] = 0.0;
        choice.others.iter_mut().for_each(|fits| fits[1] = 0.0);
    }
    assert_eq!(learn(&past, &[20.0, 33.0, 20.0])[1].round(), 33.0);
}

#[test]
fn learning_is_the_same_each_time_and_stays_within_the_bounds() {
    let past = choices(&[100.0, 0.0], 400, 5);
    let learned = learn(&past, &[1.0, 100.0]);
    assert_eq!(learned, learn(&past, &[1.0, 100.0]));
    assert!(learned.iter().all(|weight| (1.0..=100.0).contains(weight)));
}

#[test]
fn equals_stand_in_the_middle() {
    let choice = Choice {
        taken: vec![1.0],
        others: vec![vec![1.0]; 4],
        importance: 1.0,
    };
    let seen = foresight(&[choice], &[10.0]).expect("one choice");
    assert_eq!((seen.mean_place, seen.hit_rate), (3.0, 1.0));
    assert_eq!(foresight(&[], &[10.0]), None);
}
