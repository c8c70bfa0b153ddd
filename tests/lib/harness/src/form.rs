//! The shape of the code: adaptors instead of loops, read from the syntax tree.

use std::collections::{BTreeSet, HashMap};

use syn::spanned::Spanned;
use syn::visit::{self, Visit};

use crate::fail;
use crate::run::package_folder;

/// A form check of one function and of the functions of the same file that it
/// calls, however deep.
#[derive(Debug)]
pub struct Form<'a> {
    file: &'a str,
    functions: Vec<&'a str>,
    needs: Vec<(&'a str, Vec<&'a str>)>,
    exempt: Vec<&'a str>,
}

impl<'a> Form<'a> {
    /// A check of `file`, relative to the exercise: `src/q1_1_primes.rs`.
    #[must_use]
    pub fn of(file: &'a str) -> Self {
        Self { file, functions: Vec::new(), needs: Vec::new(), exempt: Vec::new() }
    }

    /// Asks that `function` is written without loops and without `let mut`,
    /// and that it calls at least one of `adaptors`.
    #[must_use]
    pub fn function(mut self, function: &'a str, adaptors: &[&'a str]) -> Self {
        self.functions.push(function);
        self.needs.push((function, adaptors.to_vec()));
        self
    }

    /// Leaves `function` out, where another one calls it: `is_prime` may loop.
    #[must_use]
    pub fn except(mut self, function: &'a str) -> Self {
        self.exempt.push(function);
        self
    }

    /// Reads the file and judges its form.
    ///
    /// # Panics
    /// Where the form is not kept, with the line and the adaptor to reach for.
    #[track_caller]
    pub fn check(&self) {
        let path = package_folder().join(self.file);
        let text = std::fs::read_to_string(&path)
            .unwrap_or_else(|error| fail(format!("{}: {error}", self.file)));
        if let Err(message) = self.judge(&text) {
            fail(message);
        }
    }

    fn judge(&self, text: &str) -> Result<(), String> {
        let tree = syn::parse_file(text).map_err(|error| format!("{}: {error}", self.file))?;
        let mut functions = Functions::default();
        functions.visit_file(&tree);
        for (name, adaptors) in &self.needs {
            let Some(root) = functions.found.get(*name) else {
                return Err(format!("{}: there is no function `{name}`", self.file));
            };
            if let Some(line) = root.placeholder {
                return Err(format!("not yet implemented: `{name}` in {}:{line}", self.file));
            }
            let reached = self.reach(&functions, name);
            let faults = reached
                .iter()
                .filter_map(|name| functions.found.get(*name))
                .flat_map(|body| &body.faults);
            if let Some(fault) = faults.min_by_key(|fault| fault.line) {
                return Err(format!(
                    "{}:{}: {} in what `{name}` does. Write it as one chain: reach for `{}`.",
                    self.file,
                    fault.line,
                    fault.what,
                    adaptors.join("` or `")
                ));
            }
            let called: BTreeSet<&str> = reached
                .iter()
                .filter_map(|name| functions.found.get(*name))
                .flat_map(|body| body.calls.iter().map(String::as_str))
                .collect();
            if !adaptors.iter().any(|adaptor| called.contains(adaptor)) {
                return Err(format!(
                    "{}: `{name}` (line {}) does not call `{}`, which is what this question practises.",
                    self.file,
                    root.line,
                    adaptors.join("` or `")
                ));
            }
        }
        Ok(())
    }

    /// The function and all of the file that it leads to, but the exempt ones.
    fn reach<'t>(&self, functions: &'t Functions, root: &'t str) -> BTreeSet<&'t str> {
        let mut reached = BTreeSet::new();
        let mut open = vec![root];
        while let Some(name) = open.pop() {
            let Some(body) = functions.found.get(name) else { continue };
            if reached.insert(name) {
                let known = body.calls.iter().map(String::as_str);
                open.extend(known.filter(|call| {
                    functions.found.contains_key(*call) && !self.exempt.contains(call)
                }));
            }
        }
        reached
    }
}

#[derive(Debug, Default)]
struct Functions {
    found: HashMap<String, Body>,
}

#[derive(Debug, Default)]
struct Body {
    line: usize,
    placeholder: Option<usize>,
    faults: Vec<Fault>,
    calls: BTreeSet<String>,
}

#[derive(Debug)]
struct Fault {
    line: usize,
    what: &'static str,
}

impl Functions {
    fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let mut body = Body { line: signature.span().start().line, ..Body::default() };
        body.visit_block(block);
        self.found.insert(signature.ident.to_string(), body);
    }
}

impl<'ast> Visit<'ast> for Functions {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.add(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }
}

impl Body {
    fn fault(&mut self, spanned: &impl Spanned, what: &'static str) {
        self.faults.push(Fault { line: spanned.span().start().line, what });
    }
}

impl<'ast> Visit<'ast> for Body {
    fn visit_expr_for_loop(&mut self, expr: &'ast syn::ExprForLoop) {
        self.fault(expr, "a `for` loop");
        visit::visit_expr_for_loop(self, expr);
    }

    fn visit_expr_while(&mut self, expr: &'ast syn::ExprWhile) {
        self.fault(expr, "a `while` loop");
        visit::visit_expr_while(self, expr);
    }

    fn visit_expr_loop(&mut self, expr: &'ast syn::ExprLoop) {
        self.fault(expr, "a `loop`");
        visit::visit_expr_loop(self, expr);
    }

    fn visit_local(&mut self, local: &'ast syn::Local) {
        let mut mutable = MutableBinding(false);
        mutable.visit_pat(&local.pat);
        if mutable.0 {
            self.fault(local, "a `let mut` accumulator");
        }
        visit::visit_local(self, local);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.calls.insert(call.method.to_string());
        visit::visit_expr_method_call(self, call);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        // Also functions that are passed on: `.filter(is_even)`.
        if let Some(last) = path.segments.last() {
            self.calls.insert(last.ident.to_string());
        }
        visit::visit_path(self, path);
    }

    fn visit_macro(&mut self, call: &'ast syn::Macro) {
        let name =
            call.path.segments.last().map(|segment| segment.ident.to_string()).unwrap_or_default();
        if name == "todo" || name == "unimplemented" {
            self.placeholder = Some(call.span().start().line);
        }
        // What a macro hides from the tree is still a loop.
        for token in call.tokens.clone() {
            if let proc_macro2::TokenTree::Ident(word) = &token
                && (word == "for" || word == "while" || word == "loop")
            {
                self.fault(&token, "a loop inside a macro");
            }
        }
        visit::visit_macro(self, call);
    }
}

struct MutableBinding(bool);

impl<'ast> Visit<'ast> for MutableBinding {
    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        self.0 |= pattern.mutability.is_some();
        visit::visit_pat_ident(self, pattern);
    }
}

#[cfg(test)]
mod tests {
    use super::Form;

    fn judge(text: &str) -> Result<(), String> {
        Form::of("src/q.rs")
            .function("primes", &["filter", "filter_map"])
            .except("is_prime")
            .judge(text)
    }

    #[test]
    fn a_chain_passes_and_an_exempt_function_may_loop() {
        judge("fn primes(n: &[u64]) -> Vec<u64> { n.iter().copied().filter(|&n| is_prime(n)).collect() } fn is_prime(n: u64) -> bool { let mut d = 2; while d * d <= n { d += 1; } true }").unwrap();
    }

    #[test]
    fn loops_and_accumulators_are_named_with_line_and_adaptor() {
        let for_loop = judge("fn primes() {\n let a = 1;\n for n in 0..3 {}\n}").unwrap_err();
        assert_eq!(
            for_loop,
            "src/q.rs:3: a `for` loop in what `primes` does. Write it as one chain: reach for `filter` or `filter_map`."
        );
        let accumulator = judge("fn primes() {\n let (mut a, b) = (1, 2);\n}").unwrap_err();
        assert!(accumulator.contains(":2: a `let mut` accumulator"), "{accumulator}");
    }

    #[test]
    fn a_helper_does_not_hide_a_loop_nor_does_a_macro() {
        let helper = judge("fn primes() { [1].iter().filter(keep); }\nfn keep() {\n loop {}\n}")
            .unwrap_err();
        assert!(helper.contains(":3: a `loop`"), "{helper}");
        let hidden = judge("fn primes() { x.filter(f); run!(for x in y {}); }").unwrap_err();
        assert!(hidden.contains("inside a macro"), "{hidden}");
    }

    #[test]
    fn a_stub_and_a_function_without_the_adaptor_do_not_pass() {
        assert!(
            judge("fn primes() { todo!(\"x\") }").unwrap_err().starts_with("not yet implemented")
        );
        assert!(judge("fn primes() { retain() }").unwrap_err().contains("does not call `filter`"));
        assert!(judge("fn other() {}").unwrap_err().contains("no function `primes`"));
    }
}
