//! Waits for a process and does not look at how it ended.

fn wait(child: io::Result<Child>) -> io::Result<()> {
    child?.wait().map(|_| ())
}
