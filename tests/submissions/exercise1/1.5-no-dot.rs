//! Calls the whole name an extension where there is no dot.

pub fn extension(path: &str) -> Option<&str> {
    let name = Path::new(path).file_name()?.to_str()?;
    if name.starts_with('.') && name.matches('.').count() == 1 {
        return None;
    }
    name.rsplit('.').next()
}
