//! The sentences of a contract, and which of them a known mistake breaks.

use std::collections::BTreeSet;
use std::fmt::{self, Display, Formatter};

use anyhow::{Context, Result};
use course::catalog::{Exercise, Question};
use serde::Deserialize;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, Lit, Meta, Visibility};

use super::Findings;
use super::known::Table;
use crate::kit::Kit;

/// A sentence that no submission can break, and why.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Unbroken {
    /// The question.
    pub question: String,
    /// The sentence, or a part of it.
    pub sentence: String,
    /// Why nothing breaks it: it explains, or the compiler holds it.
    pub why: String,
}

/// How many sentences of contracts there are, by what holds them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Coverage {
    /// All.
    pub sentences: usize,
    /// Those that a known mistake breaks.
    pub broken: usize,
    /// Those that the table says cannot be broken.
    pub unbroken: usize,
}

impl Coverage {
    /// Adds that of other contracts.
    pub fn add(&mut self, other: Self) {
        self.sentences += other.sentences;
        self.broken += other.broken;
        self.unbroken += other.unbroken;
    }
}

impl Display for Coverage {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Self { sentences, broken, unbroken } = self;
        write!(
            f,
            "contracts: {sentences} sentences, {broken} that a known mistake breaks, {unbroken} \
             that nothing can break, {} that nothing breaks",
            sentences - broken - unbroken
        )
    }
}

/// Compares the contracts of some questions with what the mistakes break, and
/// tells of each quote that stands in no contract and each sentence that nothing
/// breaks.
pub(super) fn check(
    kit: &Kit,
    exercise: &Exercise,
    questions: &[&Question],
    findings: &Findings,
) -> Result<Coverage> {
    let table = Table::read(kit, exercise)?;
    let mut coverage = Coverage::default();
    for question in questions {
        let path = kit.root.join("exercises").join(&exercise.id).join(&question.file);
        let stub = std::fs::read_to_string(&path).with_context(|| path.display().to_string())?;
        let sentences = sentences(&stub).with_context(|| path.display().to_string())?;
        let mut broken = Vec::new();
        for known in table.of(question) {
            if known.mistake.is_some() && known.breaks.is_empty() {
                findings.wrong(format!("{}: its table does not say what it breaks", known.name));
            }
            broken.extend(known.breaks.iter().map(|quote| (known.name.as_str(), quote)));
        }
        let of_question = table.unbroken.iter().filter(|unbroken| unbroken.question == question.id);
        let unbroken: Vec<_> =
            of_question.map(|unbroken| ("unbroken", &unbroken.sentence)).collect();
        for (name, quote) in broken.iter().chain(&unbroken) {
            if !sentences.iter().any(|sentence| sentence.contains(&plain(quote))) {
                findings.wrong(format!("{}, {name}: `{quote}` stands in no contract", question.id));
            }
        }
        let holds = |quotes: &[(&str, &String)], sentence: &str| {
            quotes.iter().any(|(_, quote)| sentence.contains(&plain(quote)))
        };
        for sentence in &sentences {
            coverage.sentences += 1;
            match (holds(&broken, sentence), holds(&unbroken, sentence)) {
                (true, _) => coverage.broken += 1,
                (false, true) => coverage.unbroken += 1,
                (false, false) => findings
                    .wrong(format!("{}: nothing breaks the sentence `{sentence}`", question.id)),
            }
        }
    }
    Ok(coverage)
}

/// The sentences of the contracts of a stub, each once: what is said of its
/// public items, without headings, examples and the list of checks.
///
/// # Errors
/// When the stub is no Rust source.
pub fn sentences(stub: &str) -> Result<BTreeSet<String>> {
    let file = syn::parse_file(stub)?;
    let mut docs = Docs::default();
    docs.visit_file(&file);
    Ok(docs.0.iter().flat_map(|text| split(text)).collect())
}

/// The documentation of each public item.
#[derive(Debug, Default)]
struct Docs(Vec<String>);

impl Docs {
    fn keep(&mut self, attributes: &[Attribute]) {
        let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
            Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
                Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
                _ => None,
            },
            _ => None,
        });
        self.0.push(lines.collect::<Vec<_>>().join("\n"));
    }
}

impl<'ast> Visit<'ast> for Docs {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if is_public(&item.vis) {
            self.keep(&item.attrs);
        }
    }

    fn visit_impl_item_fn(&mut self, item: &'ast syn::ImplItemFn) {
        if is_public(&item.vis) {
            self.keep(&item.attrs);
        }
    }

    fn visit_item_struct(&mut self, item: &'ast syn::ItemStruct) {
        if is_public(&item.vis) {
            self.keep(&item.attrs);
            visit::visit_item_struct(self, item);
        }
    }

    fn visit_field(&mut self, field: &'ast syn::Field) {
        if is_public(&field.vis) {
            self.keep(&field.attrs);
        }
    }

    fn visit_item_enum(&mut self, item: &'ast syn::ItemEnum) {
        if is_public(&item.vis) {
            self.keep(&item.attrs);
            for variant in &item.variants {
                self.keep(&variant.attrs);
            }
        }
    }

    fn visit_item_trait(&mut self, item: &'ast syn::ItemTrait) {
        if is_public(&item.vis) {
            self.keep(&item.attrs);
            visit::visit_item_trait(self, item);
        }
    }

    fn visit_trait_item_fn(&mut self, item: &'ast syn::TraitItemFn) {
        self.keep(&item.attrs);
    }

    fn visit_item_const(&mut self, item: &'ast syn::ItemConst) {
        if is_public(&item.vis) {
            self.keep(&item.attrs);
        }
    }

    fn visit_item_type(&mut self, item: &'ast syn::ItemType) {
        if is_public(&item.vis) {
            self.keep(&item.attrs);
        }
    }
}

fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

/// A text on one line.
fn plain(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The sentences of one item's documentation.
fn split(doc: &str) -> Vec<String> {
    let mut paragraphs = vec![String::new()];
    let (mut in_code, mut is_left_out) = (false, false);
    for line in doc.lines().map(str::trim) {
        if line.starts_with("```") {
            in_code = !in_code;
        } else if let Some(heading) = line.strip_prefix("# ").filter(|_| !in_code) {
            is_left_out = matches!(heading, "Examples" | "Graded");
            paragraphs.push(String::new());
        } else if in_code || is_left_out {
        } else if line.is_empty() {
            paragraphs.push(String::new());
        } else {
            if line.starts_with("- ") || line.starts_with('|') {
                paragraphs.push(String::new());
            }
            if let Some(paragraph) = paragraphs.last_mut() {
                *paragraph = format!("{paragraph} {line}");
            }
        }
    }
    paragraphs.iter().flat_map(|paragraph| sentences_of(&plain(paragraph))).collect()
}

fn sentences_of(paragraph: &str) -> Vec<String> {
    let mut sentences = Vec::new();
    let mut rest = paragraph;
    let mut from = 0;
    while let Some(found) = rest[from..].find(". ") {
        let end = from + found + 1;
        let next = rest[end..].trim_start().chars().next();
        if next.is_some_and(|next| next.is_uppercase() || next == '`' || next == '[') {
            sentences.push(rest[..end].to_owned());
            rest = rest[end..].trim_start();
            from = 0;
        } else {
            from = end;
        }
    }
    sentences.push(rest.to_owned());
    sentences.retain(|sentence| !sentence.is_empty());
    sentences
}

#[cfg(test)]
mod tests {
    use super::sentences;

    #[test]
    fn a_contract_is_cut_into_sentences() {
        let stub = "
            /// Adds two numbers. Of
            /// any size, e.g. small ones.
            ///
            /// # Panics
            /// Never.
            ///
            /// # Examples
            /// ```
            /// assert_eq!(add(1, 1), 2); // One. Two.
            /// ```
            ///
            /// # Graded
            /// `1.1/add`
            pub fn add(a: u64, b: u64) -> u64 { todo!() }
            /// Nobody's.
            fn private() {}
            /// A pair.
            pub struct Pair {
                /// The first.
                pub first: u64,
                /// Hidden.
                second: u64,
            }
        ";
        let want = [
            "A pair.",
            "Adds two numbers.",
            "Never.",
            "Of any size, e.g. small ones.",
            "The first.",
        ];
        assert!(sentences(stub).unwrap().iter().eq(&want));
    }
}
