//! What one file may not bring because it would hold for the whole crate.

use syn::visit::{self, Visit};

/// Attributes that act on the whole program, each with what to do about it.
const REFUSED: [(&str, &str); 9] = [
    (
        "global_allocator",
        "the kit counts memory with an allocator of its own, and a program has one",
    ),
    ("panic_handler", "the standard library has one, and a program has one"),
    ("no_mangle", "its name would be that of another function of the program"),
    ("export_name", "its name would be that of another function of the program"),
    ("link_section", "it would run or be found outside of Rust's own rules"),
    ("used", "it would run or be found outside of Rust's own rules"),
    ("link", "the program links what the kit says"),
    ("macro_export", "its name would stand in the crate root, which is the kit's"),
    ("no_std", "it holds for the whole crate, whose root is the kit's"),
];

/// Why a file cannot be one question's among others, if it cannot: it has an
/// attribute that acts on the whole program. A file that is no Rust is left to
/// the compiler.
#[must_use]
pub fn refused(file: &str, text: &str) -> Option<String> {
    let mut finder = Finder(None);
    finder.visit_file(&syn::parse_file(text).ok()?);
    let (name, line, why) = finder.0?;
    Some(format!(
        "{file}, line {line}: `{name}` cannot be used here: {why}. Take the attribute out."
    ))
}

struct Finder(Option<(&'static str, usize, &'static str)>);

impl<'ast> Visit<'ast> for Finder {
    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        // `#[unsafe(no_mangle)]` names its attribute inside.
        let inner = attribute.parse_args::<syn::Meta>().ok();
        let is_named = |name: &str| {
            let wrapped = attribute.path().is_ident("unsafe")
                && inner.as_ref().is_some_and(|inner| inner.path().is_ident(name));
            attribute.path().is_ident(name) || wrapped
        };
        if let Some(&(name, why)) = REFUSED.iter().find(|(name, _)| is_named(name)) {
            let line = attribute.pound_token.span.start().line;
            self.0.get_or_insert((name, line, why));
        }
        visit::visit_attribute(self, attribute);
    }
}

#[cfg(test)]
mod tests {
    use super::refused;

    #[test]
    fn what_acts_on_the_whole_program_is_refused_by_name() {
        for (text, words) in [
            ("#[global_allocator]\nstatic A: System = System;", "an allocator of its own"),
            ("fn a() {}\n#[unsafe(no_mangle)]\npub fn b() {}", "line 2: `no_mangle`"),
            ("#![no_std]\nfn a() {}", "no_std"),
            ("mod inner { #[panic_handler] fn p() {} }", "panic_handler"),
            ("#[macro_export]\nmacro_rules! checks { () => {} }", "macro_export"),
        ] {
            let message = refused("src/q.rs", text).expect(text);
            assert!(message.contains(words), "{message}");
        }
    }

    #[test]
    fn ordinary_code_and_broken_code_pass() {
        for text in [
            "#![expect(dead_code)]\n#[derive(Debug)]\nstruct A;\n#[cfg(test)]\nmod tests { #[test] fn a() {} }",
            "#[inline]\nfn used() {}",
            "fn {",
        ] {
            assert_eq!(refused("src/q.rs", text), None, "{text}");
        }
    }
}
