//! Adds the cents of a group up in 64 bits.

impl Total {
    fn add(&mut self, other: &Self) {
        self.sales += other.sales;
        self.units += other.units;
        self.cents = u128::from((self.cents as u64).wrapping_add(other.cents as u64));
    }
}
