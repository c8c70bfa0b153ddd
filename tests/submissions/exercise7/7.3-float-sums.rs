//! Adds money up in a float, whose sum depends on the order.

#[derive(Debug, Default)]
struct Total {
    sales: u64,
    units: u64,
    euros: f64,
}

impl Total {
    fn of(sale: &Sale) -> Self {
        let euros = sale.cents as f64 / 100.0 * sale.units as f64;
        Self { sales: 1, units: sale.units, euros }
    }

    fn add(&mut self, other: &Self) {
        self.sales += other.sales;
        self.units += other.units;
        self.euros += other.euros;
    }

    fn fields(&self) -> [String; 3] {
        let cents = (self.euros * 100.0).round() as u128;
        [self.sales.to_string(), self.units.to_string(), cents.to_string()]
    }
}
