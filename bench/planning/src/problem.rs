//! A problem as text that every peer reads: one line a supplier, one line a want.

use std::fmt::Write as _;

use planning::coverage::{Capacity, Supply, Want};

/// A problem.
pub struct Stated {
    pub segments: u32,
    pub supply: Supply,
    pub wants: Vec<Want>,
}

impl Stated {
    /// `segments windows suppliers wants`, then `total per_window.. fits..` a supplier, then
    /// `segment window units value` a want.
    pub fn to_text(&self) -> String {
        let windows = self.supply.windows();
        let mut text = format!(
            "{} {windows} {} {}\n",
            self.segments,
            self.supply.len(),
            self.wants.len()
        );
        for place in 0..self.supply.len() {
            let capacity = self.supply.capacity(place);
            let _ = write!(text, "{}", capacity.total);
            for number in capacity.per_window.iter().chain(self.supply.fits(place)) {
                let _ = write!(text, " {number}");
            }
            text.push('\n');
        }
        for want in &self.wants {
            let _ = writeln!(
                text,
                "{} {} {} {}",
                want.segment, want.window, want.units, want.value
            );
        }
        text
    }

    pub fn read(text: &str) -> Result<Self, Box<dyn std::error::Error>> {
        let mut lines = text.lines().map(|line| {
            line.split_ascii_whitespace()
                .map(str::parse)
                .collect::<Result<Vec<u32>, _>>()
        });
        let head = lines.next().ok_or("the file is empty")??;
        let [segments, windows, suppliers, wants] = head.as_slice() else {
            return Err("the first line has four numbers".into());
        };
        let mut supply = Supply::new(*windows);
        for _ in 0..*suppliers {
            let line = lines.next().ok_or("the file ends early")??;
            let (total, rest) = line.split_first().ok_or("an empty line")?;
            let (per_window, fits) = rest.split_at(*windows as usize);
            supply.push(
                fits,
                Capacity {
                    per_window,
                    total: *total,
                },
            );
        }
        let mut read = Vec::new();
        for _ in 0..*wants {
            let line = lines.next().ok_or("the file ends early")??;
            let [segment, window, units, value] = line.as_slice() else {
                return Err("a want has four numbers".into());
            };
            read.push(Want {
                segment: *segment,
                window: *window,
                units: u64::from(*units),
                value: u64::from(*value),
            });
        }
        Ok(Self {
            segments: *segments,
            supply,
            wants: read,
        })
    }
}
