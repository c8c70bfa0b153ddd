//! Panics when a child cannot be started.

impl<P: Fn() -> Command> Pool<P> {
    fn start(&self, seat: usize) -> io::Result<Pipes> {
        let mut command = (self.program)();
        let mut running = locked(&self.running);
        if running.stopped {
            return Err(io::Error::other("nobody waits for answers any more"));
        }
        let mut child =
            command.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the child starts");
        let pipes = child.stdin.take().zip(child.stdout.take());
        running.children.insert(seat, child);
        let (input, output) = pipes.expect("both were asked for");
        Ok(Pipes { input, output })
    }
}
