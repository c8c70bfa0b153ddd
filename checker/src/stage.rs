//! Stages: pristine copies of the kit that one submission at a time is laid
//! over. Solutions and other submissions do not exist in them.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use course::catalog::Exercise;
use proc_macro2::{Group, TokenStream, TokenTree};

use crate::kit::{Kit, PACKAGES};
use crate::submission::Taken;

/// A stage that this process holds alone; freed when dropped.
///
/// Stages stay on disk and are used again, so that only what differs is
/// written and only that is compiled again.
#[derive(Debug)]
pub struct Stage {
    /// The workspace folder.
    pub root: PathBuf,
    /// The build folder, of this stage alone: cargo would take another stage's
    /// program for this one's, as it names both alike.
    pub target: PathBuf,
    lock: File,
}

/// What of an exercise is built.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    /// Questions that cannot be built.
    pub left_out: &'a BTreeSet<String>,
    /// Questions that can be built, but not for the model checker.
    pub unmodelled: &'a BTreeSet<String>,
    /// Questions whose checks are to run.
    pub wanted: &'a BTreeSet<String>,
}

/// Most stages on one machine.
const STAGES: usize = 64;

impl Stage {
    /// Takes a free stage and makes it a copy of the kit.
    ///
    /// # Errors
    /// When the disk cannot be written, or all stages are taken.
    pub fn take(kit: &Kit) -> Result<Self> {
        Self::take_in(&kit.work_folder(), kit)
    }

    fn take_in(work: &Path, kit: &Kit) -> Result<Self> {
        std::fs::create_dir_all(work).with_context(|| work.display().to_string())?;
        for number in 0..STAGES {
            let path = work.join(format!("stage-{number}.lock"));
            let lock = File::create(&path).with_context(|| path.display().to_string())?;
            if lock.try_lock().is_ok() {
                let stage = Self {
                    root: work.join(format!("stage-{number}")),
                    target: work.join(format!("build-{number}")),
                    lock,
                };
                stage.lay_kit(kit)?;
                return Ok(stage);
            }
        }
        anyhow::bail!("all {STAGES} stages are taken by other gradings; wait for one of them")
    }

    /// Puts the kit's own files in place and removes what is not the kit's.
    fn lay_kit(&self, kit: &Kit) -> Result<()> {
        let mut files: BTreeMap<String, Vec<u8>> = kit.files.clone();
        files.insert("Cargo.toml".to_owned(), self.manifest(kit)?);
        // The kit's lock file names packages that a stage does not have; cargo
        // prunes it once, and from then on it is locked.
        let pristine = files.remove("Cargo.lock").unwrap_or_default();
        let laid = self.root.join("Cargo.lock.kit");
        if std::fs::read(&laid).ok().as_ref() != Some(&pristine) {
            write(&self.root.join("Cargo.lock"), &pristine)?;
        }
        files.insert("Cargo.lock.kit".to_owned(), pristine);
        for folder in ["benches", "checker", "exercises", "tests"] {
            let known: BTreeSet<PathBuf> = files.keys().map(|path| self.root.join(path)).collect();
            remove_unknown(&self.root.join(folder), &known)?;
        }
        files.iter().try_for_each(|(path, bytes)| write_if_different(&self.root.join(path), bytes))
    }

    /// The kit's workspace manifest with the members that a stage has, and
    /// without the settings of builds that are not made in it.
    fn manifest(&self, kit: &Kit) -> Result<Vec<u8>> {
        let text = std::str::from_utf8(kit.file("Cargo.toml").unwrap_or_default())
            .context("the kit's Cargo.toml")?;
        let mut manifest: toml::Table = text.parse().context("the kit's Cargo.toml")?;
        let workspace = manifest
            .get_mut("workspace")
            .and_then(toml::Value::as_table_mut)
            .context("the kit's Cargo.toml has no workspace")?;
        let exercises = kit.exercises.iter().map(|exercise| format!("exercises/{}", exercise.id));
        let models = kit
            .exercises
            .iter()
            .filter(|exercise| kit.is_modelled(exercise))
            .map(|exercise| format!("tests/models/{}", exercise.id));
        let members = PACKAGES.into_iter().map(str::to_owned).chain(exercises).chain(models);
        let members = members.map(toml::Value::String).collect();
        workspace.insert("members".to_owned(), toml::Value::Array(members));
        workspace.remove("default-members");
        if let Some(profiles) = manifest.get_mut("profile").and_then(toml::Value::as_table_mut) {
            profiles.remove("dev");
        }
        Ok(toml::to_string(&manifest)?.into_bytes())
    }

    /// Lays the student's files of one exercise over the kit's.
    ///
    /// The questions that `plan` leaves out are taken out of the crate root,
    /// so that the others can still be built; and only the wanted ones stay in
    /// the graded tests and the timed calls, which is less to compile.
    ///
    /// # Errors
    /// When the disk cannot be written, or the kit's own files have a form
    /// that is not understood.
    pub fn lay_submission(
        &self,
        kit: &Kit,
        exercise: &Exercise,
        taken: &Taken,
        plan: Plan<'_>,
    ) -> Result<()> {
        let (mut stems, mut modules) = (BTreeSet::new(), BTreeSet::new());
        let mut unmodelled = BTreeSet::new();
        for question in &exercise.questions {
            let is_out = plan.left_out.contains(&question.id);
            let is_unwanted = is_out || !plan.wanted.contains(&question.id);
            let is_unmodelled = is_out || plan.unmodelled.contains(&question.id);
            let module = format!("q{}", question.id.replace('.', "_"));
            if is_out {
                stems.insert(stem(&question.file).to_owned());
            }
            if is_unmodelled {
                unmodelled.insert(stem(&question.file).to_owned());
            }
            if is_unmodelled || is_unwanted {
                modules.insert(format!("{module}_schedule"));
            }
            if is_unwanted {
                modules.insert(module);
            }
        }
        let id = &exercise.id;
        let prefix = format!("exercises/{id}/");
        let mut files: BTreeMap<PathBuf, Cow<'_, [u8]>> = BTreeMap::new();
        for (path, bytes) in kit.files.iter().filter(|(path, _)| path.starts_with(&prefix)) {
            files.insert(self.root.join(path), Cow::from(bytes));
        }
        for (path, bytes) in &taken.files {
            let first =
                path.trim_start_matches("src/").split(['/', '.']).next().unwrap_or_default();
            if !stems.contains(first) {
                files.insert(self.root.join(&prefix).join(path), Cow::from(bytes));
            }
        }
        let known = files.keys().cloned().collect();
        remove_unknown(&self.root.join(&prefix), &known)?;
        let roots = [
            (format!("{prefix}src/lib.rs"), &stems),
            (format!("tests/models/{id}/lib.rs"), &unmodelled),
            (format!("tests/{id}/main.rs"), &modules),
            (format!("benches/{id}/main.rs"), &modules),
        ];
        for (path, names) in roots {
            let Some(bytes) = kit.file(&path) else { continue };
            let text = without_modules(std::str::from_utf8(bytes)?, names)
                .with_context(|| path.clone())?;
            files.insert(self.root.join(path), Cow::from(text.into_bytes()));
        }
        files.iter().try_for_each(|(path, bytes)| write_if_different(path, bytes))
    }
}

/// `q4_1_pool` of `src/q4_1_pool.rs`.
fn stem(file: &str) -> &str {
    file.trim_start_matches("src/").trim_end_matches(".rs")
}

/// A crate root without some of its modules: their `mod`, the `use` of what
/// they export, and their names in the list of a macro.
fn without_modules(text: &str, names: &BTreeSet<String>) -> Result<String> {
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

impl Drop for Stage {
    fn drop(&mut self) {
        // Closing the file frees the lock as well; this only does it sooner.
        let _ = self.lock.unlock();
    }
}

/// Writes a file whose content is new. A file that stays as it is keeps its
/// time stamp, so that cargo does not compile it again.
fn write_if_different(path: &Path, bytes: &[u8]) -> Result<()> {
    match std::fs::read(path) {
        Ok(old) if old == bytes => Ok(()),
        _ => write(path, bytes),
    }
}

fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder).with_context(|| folder.display().to_string())?;
    }
    std::fs::write(path, bytes).with_context(|| path.display().to_string())
}

fn remove_unknown(folder: &Path, known: &BTreeSet<PathBuf>) -> Result<()> {
    let entries = match std::fs::read_dir(folder) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(()),
        entries => entries.with_context(|| folder.display().to_string())?,
    };
    for entry in entries {
        let entry = entry?;
        let path = entry.path();
        // The kind of the entry itself: a link is removed, never followed.
        if entry.file_type()?.is_dir() {
            remove_unknown(&path, known)?;
            if !known.iter().any(|file| file.starts_with(&path)) {
                std::fs::remove_dir_all(&path).with_context(|| path.display().to_string())?;
            }
        } else if !known.contains(&path) {
            std::fs::remove_file(&path).with_context(|| path.display().to_string())?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::{Stage, without_modules};
    use crate::kit::Kit;

    /// Cargo names the graded tests of all stages alike: in one build folder it
    /// takes those that another grading has just built for its own.
    #[test]
    fn gradings_at_the_same_time_share_no_stage_and_no_build_folder() {
        let kit = Kit::read(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("..")).unwrap();
        let work = tempfile::tempdir().unwrap();
        let first = Stage::take_in(work.path(), &kit).unwrap();
        let second = Stage::take_in(work.path(), &kit).unwrap();
        let folders = [&first.root, &first.target, &second.root, &second.target];
        for (at, one) in folders.iter().enumerate() {
            for other in &folders[at + 1..] {
                assert!(
                    !one.starts_with(other) && !other.starts_with(one),
                    "{one:?} and {other:?}"
                );
            }
        }
        let root = first.root.clone();
        drop(first);
        assert_eq!(
            Stage::take_in(work.path(), &kit).unwrap().root,
            root,
            "a free stage is taken again"
        );
    }

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
