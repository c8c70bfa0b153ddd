//! What one file may not contain because it would apply to the whole crate.

use std::str::FromStr;

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};

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
///
/// Looks at tokens, not at a syntax tree: a tree as deep as a hostile file is long
/// would use up the stack of this program.
#[must_use]
pub fn refused(file: &str, text: &str) -> Option<String> {
    let told = told(file, text);
    // Or every text that was ever read stays for as long as its thread, so that
    // spans can be looked up; none is left here, and no other step keeps any.
    proc_macro2::extra::invalidate_current_thread_spans();
    told
}

fn told(file: &str, text: &str) -> Option<String> {
    let tokens = TokenStream::from_str(text).ok()?;
    let (name, line, why) = attributes(tokens).into_iter().find_map(|attribute| {
        let line = attribute.span_open().start().line;
        let names = names(&attribute);
        let &(name, why) =
            REFUSED.iter().find(|(name, _)| names.iter().any(|used| used == name))?;
        Some((name, line, why))
    })?;
    Some(format!(
        "{file}, line {line}: `{name}` cannot be used here: {why}. Take the attribute out."
    ))
}

/// The brackets of all attributes, wherever they stand.
fn attributes(tokens: TokenStream) -> Vec<Group> {
    let mut found = Vec::new();
    let mut open = vec![tokens];
    while let Some(tokens) = open.pop() {
        let mut is_after_hash = false;
        for token in tokens {
            match token {
                TokenTree::Punct(punct) if punct.as_char() == '#' => is_after_hash = true,
                // `#![…]`
                TokenTree::Punct(punct) if punct.as_char() == '!' => {}
                TokenTree::Group(group) => {
                    open.push(group.stream());
                    if is_after_hash && group.delimiter() == Delimiter::Bracket {
                        found.push(group);
                    }
                    is_after_hash = false;
                }
                _ => is_after_hash = false,
            }
        }
    }
    found
}

/// What an attribute is called: its first word, in `unsafe(…)` the first one inside,
/// and in `cfg_attr(…)` any of those that it may stand for.
fn names(attribute: &Group) -> Vec<String> {
    let mut tokens = attribute.stream().into_iter();
    let Some(TokenTree::Ident(first)) = tokens.next() else { return Vec::new() };
    let inside = match tokens.next() {
        Some(TokenTree::Group(group)) => group.stream(),
        _ => TokenStream::new(),
    };
    let word = |token| match token {
        TokenTree::Ident(ident) => Some(ident.to_string()),
        _ => None,
    };
    match first.to_string().as_str() {
        "unsafe" => inside.into_iter().next().and_then(word).into_iter().collect(),
        "cfg_attr" => {
            let unsafe_ones = inside.clone().into_iter().filter_map(|token| match token {
                TokenTree::Group(group) => Some(group.stream()),
                _ => None,
            });
            let all = unsafe_ones.flatten().chain(inside.clone());
            all.filter_map(word).collect()
        }
        name => vec![name.to_owned()],
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
            ("#[cfg_attr(all(), no_mangle)]\nfn a() {}", "no_mangle"),
            ("#[cfg_attr(all(), unsafe(export_name = \"x\"))]\nfn a() {}", "export_name"),
            ("macro_rules! m { () => { #[used] static A: u8 = 0; } }", "used"),
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

    #[test]
    fn a_file_that_is_nothing_but_deep_is_left_to_the_compiler() {
        for (open, close) in
            [("(", ")"), ("!", ""), ("&", ""), ("Box<", ">"), ("1+", ""), ("{", "}")]
        {
            let deep = open.repeat(200_000);
            let text = format!("#[inline]\nfn a() {{ {deep}1{} }}", close.repeat(200_000));
            assert_eq!(refused("src/q.rs", &text), None, "{open}");
        }
    }
}
