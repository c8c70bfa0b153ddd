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

    /// Asks that `function` is written without loops and without state outside of
    /// its chains that their closures change, and that it calls at least one of
    /// `adaptors`. A `let mut` inside of a closure, or one that no closure changes, is
    /// fine.
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
            let uses = |adaptor: &&str| {
                called.contains(adaptor) || kin(adaptor).iter().any(|other| called.contains(other))
            };
            if !adaptors.iter().any(uses) {
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

/// What does the same as an adaptor, from the other end or until something fails.
fn kin(adaptor: &str) -> &'static [&'static str] {
    match adaptor {
        "fold" => &["rfold", "try_fold", "try_rfold"],
        "filter" => &["filter_map"],
        _ => &[],
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
    /// In how many closures the visited code stands.
    closures: usize,
    /// In how many closures each name was declared that can be changed, the latest
    /// declaration last.
    mutable: HashMap<String, Vec<usize>>,
}

#[derive(Debug)]
struct Fault {
    line: usize,
    what: String,
}

impl Functions {
    fn add(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let mut body = Body { line: signature.span().start().line, ..Body::default() };
        for input in &signature.inputs {
            if let syn::FnArg::Typed(input) = input
                && (is_mutable_reference(&input.ty) || has_mutable_binding(&input.pat))
            {
                body.declare(&input.pat, true);
            }
        }
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

/// Methods that change what they are called on.
const CHANGING: [&str; 22] = [
    "append",
    "clear",
    "dedup",
    "drain",
    "entry",
    "extend",
    "get_mut",
    "insert",
    "insert_str",
    "iter_mut",
    "pop",
    "pop_front",
    "push",
    "push_back",
    "push_front",
    "push_str",
    "remove",
    "retain",
    "swap",
    "swap_remove",
    "take",
    "truncate",
];

/// Types whose values are changed behind a shared reference.
const CELLS: [&str; 6] = ["Cell", "LazyCell", "Mutex", "OnceCell", "RefCell", "RwLock"];

impl Body {
    fn fault(&mut self, spanned: &impl Spanned, what: impl Into<String>) {
        self.faults.push(Fault { line: spanned.span().start().line, what: what.into() });
    }

    /// Notes the names of a pattern at this depth; those that cannot be changed hide
    /// others of the same name.
    fn declare(&mut self, pattern: &syn::Pat, can_be_changed: bool) {
        let mut names = Names::default();
        names.visit_pat(pattern);
        for (name, is_mut) in names.0 {
            let depth = if can_be_changed || is_mut { self.closures } else { usize::MAX };
            self.mutable.entry(name).or_default().push(depth);
        }
    }

    /// Notes that a place is changed: a fault if it lives outside of the closure that
    /// changes it.
    fn change(&mut self, place: &syn::Expr) {
        let Some(name) = base(place) else { return };
        let declared = self.mutable.get(&name).and_then(|depths| depths.last());
        if declared.is_some_and(|&depth| depth < self.closures) {
            self.fault(
                place,
                format!(
                    "`{name}` lives outside of the chain and is changed by one of its closures"
                ),
            );
        }
    }
}

/// The variable that a place belongs to: `total` of `*total`, `counts[3].name`.
fn base(place: &syn::Expr) -> Option<String> {
    match place {
        syn::Expr::Path(path) => path.path.get_ident().map(ToString::to_string),
        syn::Expr::Unary(unary) => base(&unary.expr),
        syn::Expr::Field(field) => base(&field.base),
        syn::Expr::Index(index) => base(&index.expr),
        syn::Expr::Paren(inner) => base(&inner.expr),
        syn::Expr::MethodCall(call) => base(&call.receiver),
        _ => None,
    }
}

fn is_mutable_reference(of: &syn::Type) -> bool {
    matches!(of, syn::Type::Reference(reference) if reference.mutability.is_some())
}

fn has_mutable_binding(pattern: &syn::Pat) -> bool {
    let mut names = Names::default();
    names.visit_pat(pattern);
    names.0.iter().any(|&(_, is_mut)| is_mut)
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
        // What stands on the right is read before the name is there.
        visit::visit_local(self, local);
        self.declare(&local.pat, false);
    }

    fn visit_expr_closure(&mut self, closure: &'ast syn::ExprClosure) {
        let outside = self.mutable.clone();
        self.closures += 1;
        closure.inputs.iter().for_each(|input| self.declare(input, true));
        visit::visit_expr_closure(self, closure);
        self.closures -= 1;
        self.mutable = outside;
    }

    fn visit_expr_assign(&mut self, assign: &'ast syn::ExprAssign) {
        self.change(&assign.left);
        visit::visit_expr_assign(self, assign);
    }

    fn visit_expr_binary(&mut self, binary: &'ast syn::ExprBinary) {
        use syn::BinOp::{
            AddAssign, BitAndAssign, BitOrAssign, BitXorAssign, DivAssign, MulAssign, RemAssign,
            ShlAssign, ShrAssign, SubAssign,
        };
        if matches!(
            binary.op,
            AddAssign(_)
                | SubAssign(_)
                | MulAssign(_)
                | DivAssign(_)
                | RemAssign(_)
                | BitAndAssign(_)
                | BitOrAssign(_)
                | BitXorAssign(_)
                | ShlAssign(_)
                | ShrAssign(_)
        ) {
            self.change(&binary.left);
        }
        visit::visit_expr_binary(self, binary);
    }

    fn visit_expr_reference(&mut self, reference: &'ast syn::ExprReference) {
        if reference.mutability.is_some() {
            self.change(&reference.expr);
        }
        visit::visit_expr_reference(self, reference);
    }

    fn visit_item_static(&mut self, item: &'ast syn::ItemStatic) {
        self.fault(item, "a `static`, which is state outside of the chain");
        visit::visit_item_static(self, item);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        let method = call.method.to_string();
        if CHANGING.contains(&method.as_str()) || method.starts_with("sort") {
            self.change(&call.receiver);
        }
        self.calls.insert(method);
        visit::visit_expr_method_call(self, call);
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        // Also functions that are passed on: `.filter(is_even)`.
        if let Some(cell) = path.segments.iter().find_map(|part| {
            let name = part.ident.to_string();
            (CELLS.contains(&name.as_str()) || name.starts_with("Atomic")).then_some(name)
        }) {
            self.fault(path, format!("a `{cell}`, which is state outside of the chain"));
        }
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

/// The names that a pattern binds, and whether each is `mut`.
#[derive(Default)]
struct Names(Vec<(String, bool)>);

impl<'ast> Visit<'ast> for Names {
    fn visit_pat_ident(&mut self, pattern: &'ast syn::PatIdent) {
        self.0.push((pattern.ident.to_string(), pattern.mutability.is_some()));
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
    }

    #[test]
    fn state_outside_of_the_chain_that_a_closure_changes_is_named() {
        for (body, name) in [
            ("let mut a = 0;\n n.iter().filter(|n| { a += 1; true })", "`a` lives outside"),
            (
                "let (mut a, b) = (vec![], 2);\n n.iter().filter(|n| true).for_each(|n| a.push(n))",
                "`a` lives outside",
            ),
            ("let mut a = [0; 3];\n n.iter().filter(|n| { a[1] = 2; true })", "`a` lives outside"),
            ("let mut a = 0;\n n.iter().filter(|n| set(&mut a))", "`a` lives outside"),
            (
                "let mut a = vec![];\n n.iter().filter(|n| { f(|| a.push(1)); true })",
                "`a` lives outside",
            ),
            ("let a = 0;\n n.iter().filter(|n| RefCell::new(a).take())", "a `RefCell`"),
            ("static A: AtomicU8 = AtomicU8::new(0);\n n.iter().filter(|n| true)", "a `static`"),
        ] {
            let told = judge(&format!("fn primes(n: &[u64]) {{\n {body};\n}}")).unwrap_err();
            assert!(told.contains(name) && told.contains("reach for `filter`"), "{told}");
        }
        let told = judge("fn primes(out: &mut Vec<u64>) { n.iter().filter(|n| true).for_each(|n| out.push(n)); }").unwrap_err();
        assert!(told.contains("`out` lives outside"), "{told}");
    }

    /// Right code of many styles: no loop, and no state that goes from item to item.
    #[test]
    fn what_changes_inside_of_a_closure_or_before_the_chain_passes() {
        for body in [
            "n.iter().filter(|name| { let mut letters = name.chars(); letters.next().is_some() })",
            "n.iter().filter(|_| true).map(|p| { let mut cheaper = p.clone(); cheaper.price = 3; cheaper })",
            "n.iter().filter(|_| true).fold(vec![], |flat, more| { let mut flat = flat; flat.extend(more); flat })",
            "n.iter().filter(|_| true).fold(0, |mut total, n| { total += n; total })",
            "n.iter().filter(|_| true).for_each(|totals| { *totals.entry(1) += 1; })",
            "let mut line = String::new();\n read(&mut line);\n n.iter().filter(|n| line.contains(n))",
            "let mut kept: Vec<_> = n.iter().filter(|n| true).collect();\n kept.sort();\n kept",
            "let mut a = 1;\n a += 1;\n n.iter().filter(|a| { let mut a = 0; a += 1; a > 0 })",
        ] {
            let told = judge(&format!("fn primes(n: &[u64]) {{\n {body};\n}}"));
            assert_eq!(told, Ok(()), "{body}");
        }
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
