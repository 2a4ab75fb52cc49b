//! Early signs that an advocate tires: measured against the advocate's own past, never against others.

/// How many of the latest answers or grades are compared with those before them.
pub const RECENT: usize = 3;
/// Fewer earlier ones than this are no past to compare with.
pub const EARLIER_MIN: usize = 3;

/// Recent answers take at least this many times as long as they used to.
const SLOWER_TIMES: f64 = 2.0;
/// And at least this much longer.
const SLOWER_HOURS: f64 = 24.0;
/// Recent grades are at least this much lower on the scale of 1 to 5.
const LOWER_BY: f64 = 1.0;

/// What came of one ask, once it was answered or ran out.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Answered {
    /// From the ask to the answer; absent when none came.
    pub hours: Option<f64>,
    /// No, or no answer until the clock ran out.
    pub is_no: bool,
}

/// Something got worse.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Sign {
    /// Median hours to an answer, before and lately.
    Slower { usual: f64, lately: f64 },
    /// How many of the last [`RECENT`] asks ended without a yes; before, at most every fourth did.
    MoreNo { lately: usize },
    /// Mean of the advocate's own grades, before and lately.
    LowerGrades { usual: f64, lately: f64 },
}

/// The signs in an advocate's answers and grades, both oldest first.
pub fn signs(answers: &[Answered], grades: &[i64]) -> Vec<Sign> {
    let mut signs = Vec::new();
    let hours: Vec<f64> = answers.iter().filter_map(|answer| answer.hours).collect();
    if let Some((earlier, recent)) = halves(&hours) {
        let (usual, lately) = (median(earlier), median(recent));
        if lately >= SLOWER_TIMES * usual && lately >= usual + SLOWER_HOURS {
            signs.push(Sign::Slower { usual, lately });
        }
    }
    if let Some((earlier, recent)) = halves(answers) {
        let no = |answers: &[Answered]| answers.iter().filter(|answer| answer.is_no).count();
        if no(recent) >= 2 && no(earlier) * 4 <= earlier.len() {
            signs.push(Sign::MoreNo { lately: no(recent) });
        }
    }
    if let Some((earlier, recent)) = halves(grades) {
        let (usual, lately) = (mean(earlier), mean(recent));
        if lately <= usual - LOWER_BY {
            signs.push(Sign::LowerGrades { usual, lately });
        }
    }
    signs
}

/// What lies before the latest [`RECENT`], and those; `None` where there is too little to compare.
fn halves<T>(all: &[T]) -> Option<(&[T], &[T])> {
    (all.len() >= RECENT + EARLIER_MIN).then(|| all.split_at(all.len() - RECENT))
}

fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let middle = sorted.len() / 2;
    if sorted.len() % 2 == 1 {
        sorted[middle]
    } else {
        f64::midpoint(sorted[middle - 1], sorted[middle])
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "grades are from 1 to 5, and few"
)]
fn mean(grades: &[i64]) -> f64 {
    grades.iter().sum::<i64>() as f64 / grades.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn yes(hours: f64) -> Answered {
        Answered {
            hours: Some(hours),
            is_no: false,
        }
    }

    const NO: Answered = Answered {
        hours: Some(10.0),
        is_no: true,
    };

    #[test]
    fn an_advocate_like_always_shows_no_sign() {
        let answers = [
            yes(10.0),
            yes(30.0),
            yes(20.0),
            yes(25.0),
            yes(15.0),
            yes(30.0),
        ];
        assert_eq!(signs(&answers, &[4, 5, 4, 4, 4, 4]), []);
    }

    #[test]
    fn too_little_past_is_no_sign() {
        let answers = [yes(1.0), yes(1.0), yes(300.0), yes(300.0), yes(300.0)];
        assert_eq!(signs(&answers, &[5, 5, 1, 1, 1]), []);
    }

    #[test]
    fn slower_answers_count_against_the_own_median() {
        let answers = [yes(4.0), yes(6.0), yes(5.0), yes(40.0), yes(3.0), yes(50.0)];
        let slower = Sign::Slower {
            usual: 5.0,
            lately: 40.0,
        };
        assert_eq!(signs(&answers, &[]), [slower]);
        let quick = [yes(1.0), yes(1.0), yes(1.0), yes(5.0), yes(5.0), yes(5.0)];
        assert_eq!(signs(&quick, &[]), [], "a few hours are nothing");
    }

    #[test]
    fn two_of_three_without_a_yes_are_a_sign_unless_it_was_always_so() {
        let more = [
            yes(10.0),
            yes(10.0),
            yes(10.0),
            yes(10.0),
            NO,
            yes(10.0),
            NO,
        ];
        assert_eq!(signs(&more, &[]), [Sign::MoreNo { lately: 2 }]);
        let always = [NO, yes(10.0), NO, NO, yes(10.0), NO];
        assert_eq!(signs(&always, &[]), []);
    }

    #[test]
    fn an_ask_nobody_answered_is_a_no_and_has_no_hours() {
        let silent = Answered {
            hours: None,
            is_no: true,
        };
        let answers = [yes(10.0), yes(10.0), yes(10.0), yes(10.0), silent, silent];
        assert_eq!(signs(&answers, &[]), [Sign::MoreNo { lately: 2 }]);
    }

    #[test]
    fn falling_grades_are_a_sign_from_one_point_on() {
        let falling = Sign::LowerGrades {
            usual: 5.0,
            lately: 4.0,
        };
        assert_eq!(signs(&[], &[5, 5, 5, 4, 4, 4]), [falling]);
        assert_eq!(signs(&[], &[5, 5, 5, 4, 4, 5]), []);
    }
}
