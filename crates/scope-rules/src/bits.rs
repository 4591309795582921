//! Sets of small indices, as machine words.

/// A set of indices below a bound that is fixed when the set is made.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Bits(Vec<u64>);

/// Where an index stands: the word, and its bit in it.
const fn place(index: u32) -> (usize, u64) {
    ((index / 64) as usize, 1 << (index % 64))
}

impl Bits {
    /// The empty set, with room for the indices below `bound`.
    pub(crate) fn none(bound: usize) -> Self {
        Self(vec![0; bound.div_ceil(64)])
    }

    pub(crate) fn contains(&self, index: u32) -> bool {
        let (word, bit) = place(index);
        self.word(word) & bit != 0
    }

    /// Adds an index; says whether it is new. An index out of bounds is not added.
    pub(crate) fn insert(&mut self, index: u32) -> bool {
        let (word, bit) = place(index);
        self.0.get_mut(word).is_some_and(|word| {
            let new = *word & bit == 0;
            *word |= bit;
            new
        })
    }

    pub(crate) fn remove(&mut self, index: u32) {
        let (word, bit) = place(index);
        if let Some(word) = self.0.get_mut(word) {
            *word &= !bit;
        }
    }

    pub(crate) fn word(&self, index: usize) -> u64 {
        self.0.get(index).copied().unwrap_or(0)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    /// The indices, in rising order.
    pub(crate) fn iter(&self) -> Indices<'_> {
        Indices { words: self.0.iter(), rest: 0, next: 0 }
    }

    fn zip(&self, other: &Self, combine: impl Fn(u64, u64) -> u64) -> Self {
        Self(self.0.iter().enumerate().map(|(i, word)| combine(*word, other.word(i))).collect())
    }

    pub(crate) fn and(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a & b)
    }

    pub(crate) fn minus(&self, other: &Self) -> Self {
        self.zip(other, |a, b| a & !b)
    }
}

/// The indices of a set, in rising order.
#[derive(Debug, Clone, Default)]
pub(crate) struct Indices<'a> {
    words: std::slice::Iter<'a, u64>,
    /// What is left of the word that is looked at.
    rest: u64,
    /// The first index of the word after it.
    next: u32,
}

impl Iterator for Indices<'_> {
    type Item = u32;

    fn next(&mut self) -> Option<u32> {
        while self.rest == 0 {
            self.rest = *self.words.next()?;
            self.next += 64;
        }
        let bit = self.rest.trailing_zeros();
        self.rest &= self.rest - 1;
        Some(self.next - 64 + bit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(indices: &[u32]) -> Bits {
        let mut bits = Bits::none(200);
        for index in indices {
            bits.insert(*index);
        }
        bits
    }

    #[test]
    fn indices_come_back_in_rising_order() {
        assert_eq!(set(&[199, 64, 0, 63, 64]).iter().collect::<Vec<_>>(), [0, 63, 64, 199]);
    }

    #[test]
    fn an_index_out_of_bounds_is_in_no_set() {
        let mut bits = set(&[]);
        assert!(!bits.insert(1_000_000));
        assert!(!bits.contains(1_000_000));
        assert!(bits.is_empty());
    }

    #[test]
    fn what_is_removed_is_gone() {
        let mut bits = set(&[1, 70]);
        bits.remove(70);
        bits.remove(1_000_000);
        assert_eq!(bits, set(&[1]));
    }

    #[test]
    fn sets_combine_as_sets_do() {
        let (a, b) = (set(&[1, 70]), set(&[70, 130]));
        assert_eq!(a.and(&b), set(&[70]));
        assert_eq!(a.minus(&b), set(&[1]));
    }
}
