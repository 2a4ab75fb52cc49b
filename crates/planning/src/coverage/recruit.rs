//! What the next advocate is worth: recruit profiles tried against what is not covered yet.

use super::{Capacity, Coverage, OutOfBounds};

/// What one more supplier of a profile would bring.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Recruit {
    /// The value of all that it would add.
    pub value: u128,
    /// The units that it would add.
    pub units: u64,
}

impl Coverage {
    /// For every segment and window the greatest value of an uncovered unit that one more unit of
    /// capacity there would cover, directly or by passing work on: `values[segment][window]`.
    pub fn worth_of_a_unit(&self) -> Vec<Vec<u64>> {
        let by_component: Vec<Vec<u64>> = self
            .components
            .iter()
            .map(super::component::Component::worth_at_nodes)
            .collect();
        let windows = self.windows as usize;
        self.segments
            .iter()
            .map(|(component, segment)| {
                let first = *segment as usize * windows;
                by_component[*component as usize][first..first + windows].to_vec()
            })
            .collect()
    }

    /// What one more supplier with these fits and this capacity would bring to the coverage as it
    /// stands; nothing is changed. The fits are named once each and rise.
    pub fn recruit(&self, fits: &[u32], capacity: Capacity<'_>) -> Result<Recruit, OutOfBounds> {
        if let Some(segment) = fits
            .iter()
            .find(|segment| **segment as usize >= self.segments.len())
        {
            return Err(OutOfBounds::Segment(*segment));
        }
        let mut touched: Vec<u32> = fits
            .iter()
            .map(|segment| self.segments[*segment as usize].0)
            .collect();
        touched.sort_unstable();
        touched.dedup();
        let (before, after) = match touched.as_slice() {
            [] => return Ok(Recruit::default()),
            [one] => {
                let component = &self.components[*one as usize];
                let local: Vec<u32> = fits
                    .iter()
                    .map(|segment| self.segments[*segment as usize].1)
                    .collect();
                let mut tried = component.clone();
                tried.add_supplier(u32::MAX, &local, capacity);
                (sums(component.wants()), sums(tried.wants()))
            }
            several => self.across(several, fits, capacity)?,
        };
        Ok(Recruit {
            value: after.0 - before.0,
            units: after.1 - before.1,
        })
    }

    /// A recruit that would connect components: those are solved together.
    fn across(
        &self,
        components: &[u32],
        fits: &[u32],
        capacity: Capacity<'_>,
    ) -> Result<(Sums, Sums), OutOfBounds> {
        let is_in = |segment: u32| components.contains(&self.segments[segment as usize].0);
        let mut supply = super::Supply::new(self.windows);
        for place in 0..self.supply.len() {
            let own = self.supply.fits(place);
            if own.first().is_some_and(|segment| is_in(*segment)) {
                supply.push(own, self.supply.capacity(place));
            }
        }
        supply.push(fits, capacity);
        let wants: Vec<super::Want> = self
            .wants
            .iter()
            .copied()
            .filter(|want| is_in(want.segment))
            .collect();
        let segments = u32::try_from(self.segments.len()).unwrap_or(u32::MAX);
        let after = Coverage::solve(segments, self.windows, supply, wants)?;
        let before = components
            .iter()
            .map(|place| sums(self.components[*place as usize].wants()))
            .fold((0, 0), |sum, one| (sum.0 + one.0, sum.1 + one.1));
        Ok((before, (after.value_covered(), after.units_covered())))
    }
}

/// Value and units covered.
type Sums = (u128, u64);

fn sums(wants: &[super::component::LocalWant]) -> Sums {
    wants.iter().fold((0, 0), |(value, units), want| {
        (
            value + u128::from(want.value) * u128::from(want.covered),
            units + want.covered,
        )
    })
}
