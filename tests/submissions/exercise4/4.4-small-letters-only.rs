//! Knows extensions in small letters only.

fn is_image(extension: &OsStr) -> bool {
    ["png", "jpg", "jpeg"].iter().any(|known| extension == *known)
}
