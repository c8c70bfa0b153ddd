//! Lays a few items over a source file: a submission of the corpus is the
//! solution but for its mistake.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use proc_macro2::{TokenStream, TokenTree};
use quote::ToTokens;
use syn::{ImplItem, Item, ItemImpl, ItemUse, Signature, UseTree};

/// `base` with the items of `overlay` in place of those of the same name;
/// items that `base` does not have are added, and imports are joined. Of an
/// `impl` with the same head only the methods that `overlay` has are replaced.
/// A function that calls `solution_` and its own name wraps the one it replaces.
///
/// # Errors
/// When one of the two is no Rust source.
pub(crate) fn graft(base: &str, overlay: &str) -> Result<String> {
    let mut file = syn::parse_file(base).context("the solution")?;
    let overlay = syn::parse_file(overlay).context("the overlay")?;
    let mut imports = BTreeSet::new();
    for item in file.items.iter().chain(&overlay.items) {
        if let Item::Use(item) = item {
            flatten(item, &mut imports);
        }
    }
    file.items.retain(|item| !matches!(item, Item::Use(_)));
    let mut kept = Vec::new();
    for item in overlay.items {
        if matches!(item, Item::Use(_)) {
            continue;
        }
        match file.items.iter_mut().find(|old| name(old) == name(&item)) {
            Some(old) => kept.extend(replace(old, item)),
            None => file.items.push(item),
        }
    }
    file.items.extend(kept);
    let imports: String = imports.into_iter().map(|import| format!("use {import};\n")).collect();
    let imports = syn::parse_file(&imports).context("the imports")?;
    file.items.splice(0..0, imports.items);
    Ok(prettyplease::unparse(&file))
}

/// Puts `new` in the place of `old`; returns the replaced function under its
/// other name, where the new one calls it.
fn replace(old: &mut Item, new: Item) -> Option<Item> {
    match (old, new) {
        (Item::Impl(old), Item::Impl(new)) if head(old) == head(&new) => {
            replace_methods(old, new);
            None
        }
        (old, new) => {
            let Item::Fn(mut function) = std::mem::replace(old, new) else { return None };
            is_wrapped(&mut function.sig, old).then_some(Item::Fn(function))
        }
    }
}

fn replace_methods(old: &mut ItemImpl, new: ItemImpl) {
    for part in new.items {
        let place = old.items.iter_mut().find(|old| part_name(old) == part_name(&part));
        let Some(place) = place else {
            old.items.push(part);
            continue;
        };
        if let ImplItem::Fn(mut function) = std::mem::replace(place, part)
            && is_wrapped(&mut function.sig, place)
        {
            old.items.push(ImplItem::Fn(function));
        }
    }
}

/// Gives a replaced function its other name; whether the new one calls it.
fn is_wrapped(original: &mut Signature, new: &impl ToTokens) -> bool {
    let other = format!("solution_{}", original.ident);
    original.ident = syn::Ident::new(&other, original.ident.span());
    names(new.to_token_stream(), &other)
}

/// All of an `impl` but what stands between its braces.
fn head(item: &ItemImpl) -> String {
    ItemImpl { attrs: Vec::new(), items: Vec::new(), ..item.clone() }.to_token_stream().to_string()
}

/// What tells the parts of one `impl` apart.
fn part_name(part: &ImplItem) -> String {
    match part {
        ImplItem::Fn(part) => format!("fn {}", part.sig.ident),
        ImplItem::Const(part) => format!("const {}", part.ident),
        ImplItem::Type(part) => format!("type {}", part.ident),
        other => other.to_token_stream().to_string(),
    }
}

/// Whether a name stands anywhere in the tokens.
fn names(tokens: TokenStream, name: &str) -> bool {
    tokens.into_iter().any(|token| match token {
        TokenTree::Group(group) => names(group.stream(), name),
        TokenTree::Ident(ident) => ident == name,
        _ => false,
    })
}

/// What tells two items apart: the kind and the name.
fn name(item: &Item) -> String {
    match item {
        Item::Fn(item) => format!("fn {}", item.sig.ident),
        Item::Struct(item) => format!("type {}", item.ident),
        Item::Enum(item) => format!("type {}", item.ident),
        Item::Type(item) => format!("type {}", item.ident),
        Item::Trait(item) => format!("type {}", item.ident),
        Item::Const(item) => format!("value {}", item.ident),
        Item::Static(item) => format!("value {}", item.ident),
        Item::Mod(item) => format!("mod {}", item.ident),
        Item::Impl(item) => {
            let of = item
                .trait_
                .as_ref()
                .map(|part| part.0.to_token_stream().to_string())
                .unwrap_or_default();
            // The name of the type alone: parameters may be spelled anew.
            let target = item.self_ty.to_token_stream().to_string();
            let target = target.split('<').next().unwrap_or_default().trim().to_owned();
            format!("impl {of} for {target}")
        }
        other => other.to_token_stream().to_string(),
    }
}

/// Every single import of a `use`, written out.
fn flatten(item: &ItemUse, imports: &mut BTreeSet<String>) {
    fn walk(prefix: &str, tree: &UseTree, imports: &mut BTreeSet<String>) {
        match tree {
            UseTree::Path(path) => walk(&format!("{prefix}{}::", path.ident), &path.tree, imports),
            UseTree::Name(name) if name.ident == "self" => {
                imports.insert(prefix.trim_end_matches("::").to_owned());
            }
            UseTree::Name(name) => {
                imports.insert(format!("{prefix}{}", name.ident));
            }
            UseTree::Rename(rename) => {
                imports.insert(format!("{prefix}{} as {}", rename.ident, rename.rename));
            }
            UseTree::Glob(_) => {
                imports.insert(format!("{prefix}*"));
            }
            UseTree::Group(group) => {
                group.items.iter().for_each(|tree| walk(prefix, tree, imports))
            }
        }
    }
    walk("", &item.tree, imports);
}

#[cfg(test)]
mod tests {
    use super::graft;
    use crate::proof::flat;

    #[test]
    fn items_are_replaced_by_name_and_new_ones_are_added() {
        let base = "use std::io::{self, Read};\npub fn a() -> u8 { 1 }\nfn b() {}\nimpl<T> Drop for Pool<T> { fn drop(&mut self) {} }\n";
        let overlay = "//! The mistake.\nuse std::io::{Read, Write};\npub fn a() -> u8 { 2 }\nfn c() {}\nimpl<U> Drop for Pool<U> { fn drop(&mut self) { loop {} } }\n";
        let text = graft(base, overlay).unwrap();
        assert_eq!(text.matches("fn a()").count(), 1, "{text}");
        assert!(
            text.contains("{\n    2\n}") && text.contains("fn b()") && text.contains("fn c()"),
            "{text}"
        );
        assert_eq!(
            (text.matches("use std::io::Read;").count(), text.matches("impl").count()),
            (1, 1),
            "{text}"
        );
        assert!(text.contains("loop {}"), "{text}");
        assert!(graft("fn", overlay).is_err());
    }

    #[test]
    fn only_the_methods_that_differ_are_replaced() {
        let base = "impl<T> Pool<T> { fn a(&self) -> u8 { 1 } fn b(&self) {} }\n";
        let overlay =
            "impl<T> Pool<T> { fn a(&self) -> u8 { self.solution_a() } fn c(&self) {} }\n";
        let text = graft(base, overlay).unwrap();
        let flat = flat(&text);
        assert_eq!(
            flat,
            "impl<T> Pool<T> { fn a(&self) -> u8 { self.solution_a() } fn b(&self) {} fn solution_a(&self) -> u8 { 1 } fn c(&self) {} }"
        );
        let other = graft(base, "impl<U> Pool<U> { fn a(&self) -> u8 { 2 } }\n").unwrap();
        assert!(!other.contains("fn b"), "another head replaces all: {other}");
    }

    #[test]
    fn a_function_can_wrap_the_one_it_replaces() {
        let text =
            graft("pub fn a() -> u8 { 1 }\n", "pub fn a() -> u8 { one(solution_a()) }\n").unwrap();
        let flat = flat(&text);
        assert_eq!(flat, "pub fn a() -> u8 { one(solution_a()) } pub fn solution_a() -> u8 { 1 }");
    }
}
