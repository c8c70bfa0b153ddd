//! Stub and solution have the same public interface, item by item.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use course::catalog::Exercise;
use kit::Kit;
use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{ImplItem, Item};

use super::{Findings, is_public};

/// Compares the two sides of every question of an exercise, and their crate roots.
pub(super) fn check(kit: &Kit, exercise: &Exercise, findings: &Findings) -> Result<()> {
    let files =
        exercise.questions.iter().map(|question| question.file.as_str()).chain(["src/lib.rs"]);
    for file in files {
        let read = |side: &str| {
            let path = kit.root.join(side).join(&exercise.id).join(file);
            let text =
                std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
            public_items(&text).with_context(|| path.display().to_string())
        };
        let (stub, solution) = (read("exercises")?, read("solutions")?);
        for item in stub.symmetric_difference(&solution) {
            let side = if stub.contains(item) { "stub" } else { "solution" };
            findings.wrong(format!("{}/{file}: only the {side} has `{item}`", exercise.id));
        }
        let path = kit.root.join("solutions").join(&exercise.id).join(file);
        if ["todo!", "unimplemented!", "TODO"]
            .iter()
            .any(|word| std::fs::read_to_string(&path).is_ok_and(|text| text.contains(word)))
        {
            findings.wrong(format!("{}/{file}: the solution is not finished", exercise.id));
        }
    }
    Ok(())
}

/// The public items of a file as text, without bodies, attributes and the
/// `mut` of parameters.
fn public_items(text: &str) -> Result<BTreeSet<String>> {
    let mut file = syn::parse_file(text)?;
    Plain.visit_file_mut(&mut file);
    let mut items = BTreeSet::new();
    for item in &file.items {
        match item {
            Item::Fn(item) if is_public(&item.vis) => {
                items.insert(item.sig.to_token_stream().to_string());
            }
            Item::Struct(item) if is_public(&item.vis) => {
                let fields = item.fields.iter().filter(|field| is_public(&field.vis));
                let fields: Vec<String> =
                    fields.map(|field| field.to_token_stream().to_string()).collect();
                items.insert(format!(
                    "struct {}{} {fields:?}",
                    item.ident,
                    item.generics.to_token_stream()
                ));
            }
            Item::Enum(item) if is_public(&item.vis) => {
                items.insert(item.to_token_stream().to_string());
            }
            Item::Use(item) if is_public(&item.vis) => {
                items.insert(item.to_token_stream().to_string());
            }
            Item::Impl(item) => {
                for method in &item.items {
                    if let ImplItem::Fn(method) = method
                        && is_public(&method.vis)
                    {
                        items.insert(format!(
                            "{}::{}",
                            item.self_ty.to_token_stream(),
                            method.sig.to_token_stream()
                        ));
                    }
                }
            }
            _ => {}
        }
    }
    Ok(items)
}

/// Takes away what is not part of an interface.
struct Plain;

impl VisitMut for Plain {
    fn visit_pat_ident_mut(&mut self, pattern: &mut syn::PatIdent) {
        pattern.mutability = None;
        visit_mut::visit_pat_ident_mut(self, pattern);
    }

    fn visit_attributes_mut(&mut self, attributes: &mut Vec<syn::Attribute>) {
        attributes.clear();
    }
}
