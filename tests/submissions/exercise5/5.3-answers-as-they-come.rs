//! Yields the answers in the order in which they come.

impl<P: Fn() -> Command> Iterator for Answers<P> {
    fn next(&mut self) -> Option<Self::Item> {
        self.order.next()?;
        self.answers.recv().ok().map(|(_, answer)| answer)
    }
}
