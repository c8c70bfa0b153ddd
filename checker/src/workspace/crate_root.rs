//! Crate roots of the kit without some of their questions.

use std::collections::BTreeSet;

use anyhow::Result;
use proc_macro2::{Group, TokenStream, TokenTree};

/// A crate root without some of its modules: their `mod`, the `use` of what
/// they export, and their names in the list of a macro.
pub(super) fn without_modules(text: &str, names: &BTreeSet<String>) -> Result<String> {
    if names.is_empty() {
        return Ok(text.to_owned());
    }
    let mut file = syn::parse_file(text)?;
    take_out(&mut file.items, names);
    Ok(prettyplease::unparse(&file))
}

fn take_out(items: &mut Vec<syn::Item>, names: &BTreeSet<String>) {
    let named = |ident: &syn::Ident| names.contains(&ident.to_string());
    items.retain(|item| match item {
        syn::Item::Mod(module) => !named(&module.ident),
        syn::Item::Use(item) => {
            !matches!(&item.tree, syn::UseTree::Path(path) if named(&path.ident))
        }
        _ => true,
    });
    for item in items {
        match item {
            syn::Item::Macro(call) => {
                call.mac.tokens = without_names(call.mac.tokens.clone(), names);
            }
            // The root of a model names its questions inside of a module.
            syn::Item::Mod(module) => {
                module.content.iter_mut().for_each(|(_, items)| take_out(items, names));
            }
            _ => {}
        }
    }
}

/// The tokens without some names and the comma behind each.
fn without_names(tokens: TokenStream, names: &BTreeSet<String>) -> TokenStream {
    let mut kept: Vec<TokenTree> = Vec::new();
    let mut dropped = false;
    for token in tokens {
        let is_comma = matches!(&token, TokenTree::Punct(mark) if mark.as_char() == ',');
        if std::mem::take(&mut dropped) && is_comma {
            continue;
        }
        match token {
            TokenTree::Ident(name) if names.contains(&name.to_string()) => dropped = true,
            TokenTree::Group(group) => {
                let inner = without_names(group.stream(), names);
                kept.push(Group::new(group.delimiter(), inner).into());
            }
            other => kept.push(other),
        }
    }
    kept.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::without_modules;

    fn without(text: &str, names: &[&str]) -> String {
        let names: BTreeSet<String> = names.iter().map(|&name| name.to_owned()).collect();
        without_modules(text, &names).unwrap()
    }

    #[test]
    fn a_question_is_taken_out_of_the_crate_root() {
        let root = "#![doc = include_str!(\"../README.md\")]\nmod q1_1_primes;\nmod q1_2_both;\npub use q1_1_primes::{is_prime, primes};\npub use q1_2_both::both;\n";
        assert_eq!(
            without(root, &["q1_1_primes"]),
            "#![doc = include_str!(\"../README.md\")]\nmod q1_2_both;\npub use q1_2_both::both;\n"
        );
        assert_eq!(without(root, &[]), root);
    }

    #[test]
    fn a_question_is_taken_out_of_a_model() {
        let root = "#[path = \"../src\"]\nmod questions {\n    mod q4_1_pool;\n    mod q4_2_chunks;\n    pub use q4_1_pool::pool;\n    pub use q4_2_chunks::chunks;\n}\npub use questions::*;\n";
        assert_eq!(
            without(root, &["q4_1_pool"]),
            "#[path = \"../src\"]\nmod questions {\n    mod q4_2_chunks;\n    pub use q4_2_chunks::chunks;\n}\npub use questions::*;\n"
        );
    }

    #[test]
    fn a_question_is_taken_out_of_a_macro_list_wherever_it_stands() {
        let tests = "mod q1_1;\nmod q1_2;\nmod q1_3;\nharness::graded!(\"exercise1\", [q1_1, q1_2, q1_3]);\n";
        for (gone, left) in
            [("q1_1", "[q1_2 , q1_3]"), ("q1_2", "[q1_1 , q1_3]"), ("q1_3", "[q1_1 , q1_2 ,]")]
        {
            let text = without(tests, &[gone]);
            assert!(!text.contains(gone), "{text}");
            assert!(text.replace(' ', "").contains(&left.replace(' ', "")), "{text}");
        }
    }
}
