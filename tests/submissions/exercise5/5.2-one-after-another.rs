//! Works on one part after another.

fn on_each<P: Send>(parts: Vec<P>, work: impl Fn(P) + Sync) {
    parts.into_iter().for_each(work);
}
