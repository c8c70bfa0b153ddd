//! The sentences of a contract, and which of them a known mistake breaks.

use std::collections::BTreeSet;
use std::fmt::{self, Display, Formatter};

use anyhow::{Context, Result};
use course::catalog::{Exercise, Question};
use kit::Kit;
use serde::Deserialize;
use syn::visit::{self, Visit};
use syn::{Attribute, Expr, ExprLit, Lit, Meta};

use super::known::{Known, Table};
use super::{Findings, flat, is_public};

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

/// Compares the contracts of some questions with what the mistakes break, and tells
/// what is wrong with either.
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
        let unbroken = table.unbroken.iter().filter(|unbroken| unbroken.question == question.id);
        let (of_question, wrong) =
            compare(&sentences, &table.of(question), &unbroken.collect::<Vec<_>>());
        coverage.add(of_question);
        wrong.into_iter().for_each(|wrong| findings.wrong(format!("{}: {wrong}", question.id)));
    }
    Ok(coverage)
}

/// Compares the sentences of a contract with the quotes of its mistakes and of what
/// nothing can break: how many are held, and each that is not, each quote that stands
/// nowhere, and each mistake without one.
fn compare(
    sentences: &BTreeSet<String>,
    known: &[&Known],
    unbroken: &[&Unbroken],
) -> (Coverage, Vec<String>) {
    let mut wrong = Vec::new();
    let stands = |quote: &str, sentence: &str| sentence.contains(&flat(quote));
    let mistakes = || known.iter().filter(|known| known.mistake.is_some());
    for known in mistakes().filter(|known| known.breaks.is_empty()) {
        wrong.push(format!("{}: its table does not say what it breaks", known.name));
    }
    let quotes = mistakes()
        .flat_map(|known| known.breaks.iter().map(|quote| (known.name.as_str(), quote)))
        .chain(unbroken.iter().map(|unbroken| ("unbroken", &unbroken.sentence)));
    for (who, quote) in quotes {
        if !sentences.iter().any(|sentence| stands(quote, sentence)) {
            wrong.push(format!("{who}: `{quote}` stands in no contract"));
        }
    }
    for unbroken in unbroken.iter().filter(|unbroken| unbroken.why.is_empty()) {
        wrong.push(format!("unbroken: nothing says why of `{}`", unbroken.sentence));
    }
    let mut coverage = Coverage { sentences: sentences.len(), ..Coverage::default() };
    for sentence in sentences {
        let breaks = mistakes().flat_map(|known| &known.breaks);
        let is_broken = breaks.into_iter().any(|quote| stands(quote, sentence));
        let is_unbroken = unbroken.iter().any(|unbroken| stands(&unbroken.sentence, sentence));
        coverage.broken += usize::from(is_broken);
        coverage.unbroken += usize::from(is_unbroken && !is_broken);
        match (is_broken, is_unbroken) {
            (true, true) => {
                wrong.push(format!("a mistake breaks `{sentence}`, so it can be broken"))
            }
            (false, false) => wrong.push(format!("nothing breaks the sentence `{sentence}`")),
            _ => {}
        }
    }
    (coverage, wrong)
}

/// The sentences of the contracts of a stub, each once: what is said of all of it below
/// its title, of its public items and of what they are as traits ask for it, without
/// headings, examples and the list of checks.
///
/// # Errors
/// When the stub is no Rust source.
pub fn sentences(stub: &str) -> Result<BTreeSet<String>> {
    let file = syn::parse_file(stub)?;
    let mut docs = Docs::default();
    docs.visit_file(&file);
    let of_all = text(&file.attrs);
    docs.0.extend(of_all.split_once("\n\n").map(|(_title, rest)| rest.to_owned()));
    Ok(docs.0.iter().flat_map(|text| split(text)).collect())
}

/// The documentation of each public item.
#[derive(Debug, Default)]
struct Docs(Vec<String>);

impl Docs {
    fn keep(&mut self, attributes: &[Attribute]) {
        self.0.push(text(attributes));
    }
}

/// The documentation among some attributes.
fn text(attributes: &[Attribute]) -> String {
    let lines = attributes.iter().filter_map(|attribute| match &attribute.meta {
        Meta::NameValue(pair) if pair.path.is_ident("doc") => match &pair.value {
            Expr::Lit(ExprLit { lit: Lit::Str(text), .. }) => Some(text.value()),
            _ => None,
        },
        _ => None,
    });
    lines.collect::<Vec<_>>().join("\n")
}

impl<'ast> Visit<'ast> for Docs {
    fn visit_item_fn(&mut self, item: &'ast syn::ItemFn) {
        if is_public(&item.vis) {
            self.keep(&item.attrs);
        }
    }

    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        self.keep(&item.attrs);
        for inside in &item.items {
            // What a trait asks for is as public as the trait.
            if let syn::ImplItem::Fn(function) = inside
                && (item.trait_.is_some() || is_public(&function.vis))
            {
                self.keep(&function.attrs);
            }
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
    paragraphs.iter().flat_map(|paragraph| sentences_of(&flat(paragraph))).collect()
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
    use super::{Coverage, compare, sentences};
    use crate::proof::known::Table;

    /// What is wrong with a table, for a contract of two sentences.
    fn wrong(table: &str) -> (Coverage, Vec<String>) {
        let table: Table = toml::from_str(table).unwrap();
        let sentences = ["One is held.", "Two is told."].map(str::to_owned).into();
        let known: Vec<_> = table.submissions.iter().collect();
        compare(&sentences, &known, &table.unbroken.iter().collect::<Vec<_>>())
    }

    const BREAKS_ONE: &str =
        "submission = [{ name = \"1.1-a\", mistake = \"a\", breaks = [\"One\\n is held.\"] }]\n";

    fn unbroken(sentence: &str, why: &str) -> String {
        format!(
            "{BREAKS_ONE}unbroken = [{{ question = \"1.1\", sentence = \"{sentence}\", why = \"{why}\" }}]"
        )
    }

    #[test]
    fn each_sentence_is_broken_or_cannot_be() {
        let held = Coverage { sentences: 2, broken: 1, unbroken: 1 };
        assert_eq!(wrong(&unbroken("Two", "told")), (held, vec![]));
        let (coverage, told) = wrong(BREAKS_ONE);
        assert_eq!(coverage, Coverage { unbroken: 0, ..held });
        assert_eq!(told, ["nothing breaks the sentence `Two is told.`"]);
    }

    #[test]
    fn what_a_table_says_and_the_contract_does_not_is_told() {
        for (table, want) in [
            (unbroken("Three", "told"), "unbroken: `Three` stands in no contract"),
            (unbroken("Two", ""), "unbroken: nothing says why of `Two`"),
            (unbroken("is", "told"), "a mistake breaks `One is held.`, so it can be broken"),
            (BREAKS_ONE.replace("One", "Four"), "1.1-a: `Four\n is held.` stands in no contract"),
            (
                BREAKS_ONE.replace("breaks", "open = {}, sometimes"),
                "1.1-a: its table does not say what it breaks",
            ),
            // What is honest breaks nothing, whatever its table quotes.
            (BREAKS_ONE.replace("mistake", "honest"), "nothing breaks the sentence `One is held.`"),
        ] {
            let (_, told) = wrong(&table);
            assert!(told.iter().any(|told| told == want), "{table}: {told:?}");
        }
    }

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
            /// How it is shown.
            impl Display for Pair {
                /// With a comma.
                fn fmt(&self) {}
            }
            impl Pair {
                /// Its own.
                fn inner(&self) {}
            }
        ";
        let want = [
            "A pair.",
            "Adds two numbers.",
            "How it is shown.",
            "Never.",
            "Of any size, e.g. small ones.",
            "The first.",
            "With a comma.",
        ];
        assert!(sentences(stub).unwrap().iter().eq(&want));
    }
}
