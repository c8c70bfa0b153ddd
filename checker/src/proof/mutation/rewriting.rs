//! The mutants that students write: rewritings on the syntax tree of a solution.

use std::collections::BTreeSet;
use std::ops::Range;

use anyhow::{Context, Result};
use quote::ToTokens;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};
use syn::visit_mut::VisitMut;
use syn::{
    Attribute, Block, Expr, ExprCall, ExprCast, ExprIf, ExprMatch, ExprMethodCall, ExprRange,
    ExprTry, FnArg, ImplItemFn, Item, ItemFn, ItemMod, LitBool, LitInt, Pat, RangeLimits,
    ReturnType, Signature, Stmt, Type,
};

use super::mutant::Mutant;

/// A call of the first method becomes one of the second.
const RENAMED: [(&str, &str); 52] = [
    ("recv", "try_recv"),
    ("lock", "try_lock"),
    ("write_all", "write"),
    ("read_exact", "read"),
    ("notify_all", "notify_one"),
    ("to_lowercase", "to_ascii_lowercase"),
    ("to_uppercase", "to_ascii_uppercase"),
    ("is_alphabetic", "is_ascii_alphabetic"),
    ("is_alphanumeric", "is_ascii_alphanumeric"),
    ("is_numeric", "is_ascii_digit"),
    ("is_whitespace", "is_ascii_whitespace"),
    ("is_uppercase", "is_ascii_uppercase"),
    ("is_lowercase", "is_ascii_lowercase"),
    ("split_whitespace", "split_ascii_whitespace"),
    ("trim", "trim_ascii"),
    ("trim_start", "trim_ascii_start"),
    ("trim_end", "trim_ascii_end"),
    ("trim", "trim_end"),
    ("trim", "trim_start"),
    ("trim_end", "trim"),
    ("trim_ascii", "trim"),
    ("first", "last"),
    ("last", "first"),
    ("min", "max"),
    ("max", "min"),
    ("min_by", "max_by"),
    ("max_by", "min_by"),
    ("min_by_key", "max_by_key"),
    ("max_by_key", "min_by_key"),
    ("any", "all"),
    ("all", "any"),
    ("take", "skip"),
    ("skip", "take"),
    ("take_while", "filter"),
    ("skip_while", "filter"),
    ("map_while", "filter_map"),
    ("saturating_sub", "wrapping_sub"),
    ("saturating_add", "wrapping_add"),
    ("saturating_mul", "wrapping_mul"),
    ("find", "rfind"),
    ("rfind", "find"),
    ("position", "rposition"),
    ("split_once", "rsplit_once"),
    ("rsplit_once", "split_once"),
    ("starts_with", "contains"),
    ("ends_with", "contains"),
    ("push_back", "push_front"),
    ("pop_front", "pop_back"),
    ("is_some", "is_none"),
    ("is_ok", "is_err"),
    ("floor", "ceil"),
    ("round", "floor"),
];

/// A call of these methods is left out of its chain.
const LEFT_OUT: [&str; 30] = [
    "rev",
    "filter",
    "skip",
    "skip_while",
    "take",
    "take_while",
    "step_by",
    "chain",
    "fuse",
    "trim",
    "trim_start",
    "trim_end",
    "trim_ascii",
    "min",
    "max",
    "abs",
    "to_lowercase",
    "to_ascii_lowercase",
    "sorted",
    "sorted_by",
    "sorted_by_key",
    "sorted_unstable",
    "dedup",
    "unique",
    "flatten",
    "kill_on_drop",
    "create_new",
    "truncate",
    "timeout",
    "catch_unwind",
];

/// A number of the first type is squeezed through the second one. Not `usize`:
/// what it counts is in memory, and no check can hold four billion of it.
const NARROWED: [(&str, &str); 5] =
    [("u128", "u64"), ("u64", "u32"), ("u32", "u16"), ("i64", "i32"), ("f64", "f32")];

/// All rewritings of `solution`, but for what `stub` has too: that is given.
///
/// # Errors
/// When one of the two is no Rust source.
pub fn rewritings(solution: &str, stub: &str) -> Result<Vec<Mutant>> {
    let file = syn::parse_file(solution).context("the solution")?;
    let mut finder =
        Finder { source: solution, given: given(stub)?, function: String::new(), found: vec![] };
    finder.visit_file(&file);
    Ok(finder.found)
}

/// The places of a solution that its stub has too, word for word.
///
/// # Errors
/// When one of the two is no Rust source.
pub fn given_places(solution: &str, stub: &str) -> Result<Vec<Range<usize>>> {
    let given = given(stub)?;
    let file = syn::parse_file(solution).context("the solution")?;
    let is_given = |item: &&Item| given.contains(&bare(item));
    Ok(file.items.iter().filter(is_given).map(|item| item.span().byte_range()).collect())
}

/// The items of a stub, as text without its layout and its documentation.
fn given(stub: &str) -> Result<BTreeSet<String>> {
    Ok(syn::parse_file(stub).context("the stub")?.items.iter().map(bare).collect())
}

/// An item without its documentation, which differs in stub and solution.
fn bare(item: &Item) -> String {
    let mut item = item.clone();
    WithoutDocs.visit_item_mut(&mut item);
    text_of(item)
}

/// Takes documentation away.
struct WithoutDocs;

impl VisitMut for WithoutDocs {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        attributes.retain(|attribute| !attribute.path().is_ident("doc"));
    }
}

fn text_of(item: impl ToTokens) -> String {
    item.to_token_stream().to_string()
}

/// Walks through a file and keeps what it would change.
#[derive(Debug)]
struct Finder<'a> {
    source: &'a str,
    given: BTreeSet<String>,
    /// The function that is being walked through.
    function: String,
    found: Vec<Mutant>,
}

impl Finder<'_> {
    fn replace(&mut self, place: Range<usize>, text: impl Into<String>) {
        if !self.function.is_empty() {
            self.found.push(Mutant::new(self.source, &self.function, place, text.into()));
        }
    }

    fn text(&self, piece: &impl Spanned) -> &str {
        &self.source[piece.span().byte_range()]
    }

    fn within(&mut self, sig: &Signature, block: &Block, walk: impl FnOnce(&mut Self)) {
        let outer = std::mem::replace(&mut self.function, sig.ident.to_string());
        self.narrow(sig, block);
        walk(self);
        self.function = outer;
    }

    /// Numbers that come in or go out through a type that is too small for them.
    fn narrow(&mut self, sig: &Signature, block: &Block) {
        let body = block.brace_token.span.open().byte_range().end;
        for input in &sig.inputs {
            let FnArg::Typed(input) = input else { continue };
            let Pat::Ident(name) = &*input.pat else { continue };
            if let Some((wide, narrow)) = narrowed(&input.ty) {
                let mutability = if name.mutability.is_some() { "mut " } else { "" };
                let name = &name.ident;
                self.replace(
                    body..body,
                    format!("let {mutability}{name} = {name} as {narrow} as {wide};"),
                );
            }
        }
        if let ReturnType::Type(_, ty) = &sig.output
            && let Some((wide, narrow)) = narrowed(ty)
            && !self.text(block).contains("return")
        {
            let place = block.span().byte_range();
            let text = format!(
                "{{ let value: {wide} = {}; value as {narrow} as {wide} }}",
                self.text(block)
            );
            self.replace(place, text);
        }
    }
}

/// A number's type by name, and the narrower one.
fn narrowed(ty: &Type) -> Option<(&'static str, &'static str)> {
    NARROWED.into_iter().find(|(wide, _)| text_of(ty) == *wide)
}

fn is_test(attributes: &[Attribute]) -> bool {
    attributes.iter().any(|attribute| text_of(attribute).contains("test"))
}

impl<'ast> Visit<'ast> for Finder<'_> {
    fn visit_item(&mut self, item: &'ast Item) {
        if !self.given.contains(&bare(item)) {
            visit::visit_item(self, item);
        }
    }

    fn visit_item_mod(&mut self, item: &'ast ItemMod) {
        if !is_test(&item.attrs) {
            visit::visit_item_mod(self, item);
        }
    }

    fn visit_item_fn(&mut self, item: &'ast ItemFn) {
        self.within(&item.sig, &item.block, |finder| visit::visit_item_fn(finder, item));
    }

    fn visit_impl_item_fn(&mut self, item: &'ast ImplItemFn) {
        self.within(&item.sig, &item.block, |finder| visit::visit_impl_item_fn(finder, item));
    }

    fn visit_stmt(&mut self, stmt: &'ast Stmt) {
        let place = stmt.span().byte_range();
        match stmt {
            Stmt::Macro(_) => self.replace(place, ""),
            Stmt::Expr(expr, semicolon) => match expr {
                Expr::MethodCall(_)
                | Expr::Call(_)
                | Expr::Macro(_)
                | Expr::Assign(_)
                | Expr::Binary(_)
                | Expr::Await(_)
                    if semicolon.is_some() =>
                {
                    self.replace(place, "");
                }
                Expr::Try(tried) if semicolon.is_some() => {
                    let text = format!("let _ = {};", self.text(&tried.expr));
                    self.replace(place.clone(), text);
                    self.replace(place, "");
                }
                Expr::If(branch) if branch.else_branch.is_none() => self.replace(place, ""),
                Expr::ForLoop(_) | Expr::While(_) => self.replace(place, ""),
                _ => {}
            },
            _ => {}
        }
        visit::visit_stmt(self, stmt);
    }

    fn visit_expr_method_call(&mut self, call: &'ast ExprMethodCall) {
        let name = call.method.to_string();
        for (_, new) in RENAMED.iter().filter(|(old, _)| *old == name) {
            self.replace(call.method.span().byte_range(), *new);
        }
        let from_dot = call.dot_token.span().byte_range().start;
        let rest = from_dot..call.span().byte_range().end;
        match name.as_str() {
            "chars" => self.replace(rest.clone(), ".bytes().map(char::from)"),
            "lines" if call.args.is_empty() => self.replace(rest.clone(), ".split('\\n')"),
            _ => {}
        }
        if LEFT_OUT.contains(&name.as_str()) {
            self.replace(rest, "");
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_call(&mut self, call: &'ast ExprCall) {
        let place = call.span().byte_range();
        let name = self.text(&call.func).rsplit("::").next().unwrap_or_default().to_owned();
        match name.as_str() {
            "bounded" => self.replace(place, "crossbeam::channel::unbounded()"),
            "sync_channel" => self.replace(place, "std::sync::mpsc::channel()"),
            "rename" => {
                let arguments = self.text(&call.args).to_owned();
                self.replace(place, format!("std::fs::copy({arguments}).map(drop)"));
            }
            _ => {}
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_try(&mut self, tried: &'ast ExprTry) {
        let place = tried.question_token.span().byte_range();
        self.replace(place.clone(), ".unwrap()");
        self.replace(place, ".unwrap_or_default()");
        visit::visit_expr_try(self, tried);
    }

    fn visit_expr_if(&mut self, branch: &'ast ExprIf) {
        if !text_of(&branch.cond).contains("let ") {
            for text in ["true", "false"] {
                self.replace(branch.cond.span().byte_range(), text);
            }
        }
        visit::visit_expr_if(self, branch);
    }

    fn visit_expr_match(&mut self, expr: &'ast ExprMatch) {
        let has_rest = expr.arms.last().is_some_and(|arm| matches!(arm.pat, Pat::Wild(_)));
        for (index, arm) in expr.arms.iter().enumerate() {
            if has_rest && index + 1 < expr.arms.len() {
                self.replace(arm.span().byte_range(), "");
            }
            if let Pat::Guard(guarded) = &arm.pat {
                let whole = guarded.span().byte_range();
                self.replace(guarded.pat.span().byte_range().end..whole.end, "");
            }
        }
        visit::visit_expr_match(self, expr);
    }

    fn visit_expr_range(&mut self, range: &'ast ExprRange) {
        if let Some(end) = &range.end {
            let limits = range.limits.span().byte_range();
            match range.limits {
                RangeLimits::HalfOpen(_) => self.replace(limits, "..="),
                RangeLimits::Closed(_) => self.replace(limits, ".."),
            }
            let from_zero = range.start.as_ref().is_some_and(|start| self.text(start) == "0");
            if from_zero && self.text(end) != "1" {
                self.replace(end.span().byte_range(), "1");
            }
        }
        visit::visit_expr_range(self, range);
    }

    fn visit_expr_cast(&mut self, cast: &'ast ExprCast) {
        if let Some((wide, narrow)) = narrowed(&cast.ty) {
            self.replace(cast.ty.span().byte_range(), format!("{narrow} as {wide}"));
        }
        visit::visit_expr_cast(self, cast);
    }

    fn visit_lit_int(&mut self, literal: &'ast LitInt) {
        if let Ok(value) = literal.base10_parse::<u128>() {
            let suffix = literal.suffix();
            let place = literal.span().byte_range();
            self.replace(place.clone(), format!("{}{suffix}", value + 1));
            if value > 0 {
                self.replace(place, format!("{}{suffix}", value - 1));
            }
        }
    }

    fn visit_lit_bool(&mut self, literal: &'ast LitBool) {
        self.replace(literal.span().byte_range(), (!literal.value).to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::rewritings;

    /// The solution after each rewriting, in the order in which they are found.
    fn mutated(solution: &str, stub: &str) -> Vec<String> {
        let found = rewritings(solution, stub).unwrap();
        found.into_iter().map(|mutant| mutant.apply(solution)).collect()
    }

    #[test]
    fn what_students_write_is_among_the_rewritings() {
        for (solution, want) in [
            (
                "fn f(n: u64) -> bool { n > 2 }",
                "fn f(n: u64) -> bool {let n = n as u32 as u64; n > 2 }",
            ),
            ("fn f(n: usize) -> usize { 2 * n }", "fn f(n: usize) -> usize { 3 * n }"),
            ("fn f(n: usize) { g(0..n) }", "fn f(n: usize) { g(0..=n) }"),
            ("fn f(n: usize) { g(0..n) }", "fn f(n: usize) { g(0..1) }"),
            ("fn f(t: &str) { t.trim(); }", "fn f(t: &str) { t.trim_ascii(); }"),
            ("fn f(t: &str) -> u8 { g(t)? }", "fn f(t: &str) -> u8 { g(t).unwrap() }"),
            ("fn f() { assert!(ready()); g() }", "fn f() {  g() }"),
            ("fn f() { if a() { b() } }", "fn f() { if false { b() } }"),
            ("fn f() { rename(a, b)?; }", "fn f() { std::fs::copy(a, b).map(drop)?; }"),
            ("fn f() { bounded(3) }", "fn f() { crossbeam::channel::unbounded() }"),
            ("fn f() { match a { 1 => 2, _ => 3 } }", "fn f() { match a {  _ => 3 } }"),
            (
                "fn f() { match a { n if n > b => c, m => d } }",
                "fn f() { match a { n => c, m => d } }",
            ),
            ("fn f() { a.iter().rev() }", "fn f() { a.iter() }"),
            ("fn f() { a.join().unwrap(); }", "fn f() {  }"),
            ("fn f() -> u64 { a as u64 }", "fn f() -> u64 { a as u32 as u64 }"),
        ] {
            let found = mutated(solution, "");
            assert!(found.iter().any(|text| text == want), "{solution}: {found:#?}");
        }
    }

    #[test]
    fn what_is_given_or_a_test_is_left_alone() {
        let given = "fn given() -> u8 { 1 }";
        assert_eq!(mutated(given, "fn other() {}").len(), 2);
        assert!(mutated(given, &format!("/// Other words.\n{given}")).is_empty());
        assert!(mutated("#[cfg(test)] mod tests { fn f() -> u8 { 1 } }", "").is_empty());
    }
}
