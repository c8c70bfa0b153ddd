//! The contents of an archive, as far as they are wanted, within bounds.

use std::collections::BTreeMap;
use std::io::Read;

use anyhow::{Context, Result};

use super::folder::FILE_CAP;
use super::submission::LeftBehind;
use super::tree::{Kind, NOT_ORDINARY, Tree, join};

/// Most entries of an archive, those of a build folder among them.
const ENTRIES_CAP: usize = 50_000;

/// Most bytes that are kept of one archive.
const KEPT_CAP: u64 = 32 << 20;

/// Deepest folder of an entry that is kept.
const DEPTH_CAP: usize = 16;

/// Most entries that are named one by one as left behind.
const NAMED_CAP: usize = 50;

/// Folders that nobody hands in on purpose.
const SKIPPED: [&str; 5] = ["target", ".git", "__MACOSX", "node_modules", ".idea"];

/// What kind of entry an archive says it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Entry {
    /// A folder.
    Folder,
    /// An ordinary file.
    File,
    /// A link of either kind.
    Link,
    /// A device, a pipe, a socket.
    Device,
}

/// One thing in a folder of an archive.
#[derive(Debug)]
enum Node {
    Folder,
    File(Vec<u8>),
    /// Larger than what is taken; its bytes are not kept.
    Large,
    Link,
    Odd(String),
}

/// The files of an archive in memory. Nothing of it is written to the disk, so
/// there is no place that an entry's name could lead to.
#[derive(Debug)]
pub(super) struct Unpacked {
    /// The folders by their path, with what each has by its name.
    folders: BTreeMap<String, BTreeMap<String, Node>>,
    /// The exact path that each path has when case is not looked at.
    folded: BTreeMap<String, String>,
    outside: Vec<LeftBehind>,
    entries: usize,
    kept: u64,
}

impl Default for Unpacked {
    fn default() -> Self {
        Self {
            folders: [(String::new(), BTreeMap::new())].into(),
            folded: BTreeMap::new(),
            outside: Vec::new(),
            entries: 0,
            kept: 0,
        }
    }
}

impl Unpacked {
    /// What was left behind before anybody looked for exercises.
    pub fn left_behind(&self) -> &[LeftBehind] {
        &self.outside
    }

    /// Takes one entry, whose bytes are read only if they are wanted.
    ///
    /// # Errors
    /// When the archive as a whole is to be refused, and why.
    pub fn add(&mut self, name: &[u8], entry: Entry, bytes: &mut dyn Read) -> Result<(), String> {
        self.entries += 1;
        if self.entries > ENTRIES_CAP {
            return Err(format!(
                "the archive has more than {ENTRIES_CAP} entries; hand in the sources alone, without `target`"
            ));
        }
        let shown = String::from_utf8_lossy(name);
        let parts = match parts(&shown) {
            Ok(parts) => parts,
            Err(why) => {
                self.leave(&shown, why);
                return Ok(());
            }
        };
        let Some((last, folders)) = parts.split_last() else { return Ok(()) };
        let is_source = |at: usize| at > 0 && folders[..at].contains(&"src");
        let mut whole = folders.iter().chain((entry == Entry::Folder).then_some(last)).enumerate();
        if whole.any(|(at, part)| SKIPPED.contains(part) && !is_source(at.min(folders.len())))
            || last.starts_with("._")
        {
            return Ok(());
        }
        if parts.len() > DEPTH_CAP {
            self.leave(&shown, "it lies too deep");
            return Ok(());
        }
        let node = match entry {
            Entry::Folder => Node::Folder,
            Entry::Link => Node::Link,
            Entry::Device => Node::Odd(NOT_ORDINARY.to_owned()),
            Entry::File if !is_utf8(name) => Node::Odd(NOT_ORDINARY.to_owned()),
            Entry::File => self.file(bytes),
        };
        self.put(folders, last, node);
        Ok(())
    }

    /// A file, with its bytes if these are few enough.
    fn file(&mut self, bytes: &mut dyn Read) -> Node {
        let room = KEPT_CAP.saturating_sub(self.kept).min(FILE_CAP);
        let mut read = Vec::new();
        match bytes.take(room + 1).read_to_end(&mut read) {
            Err(error) => Node::Odd(format!("it cannot be read: {error}")),
            Ok(count) if count as u64 > FILE_CAP => Node::Large,
            Ok(count) if count as u64 > room => {
                Node::Odd("the archive holds too many bytes before it".to_owned())
            }
            Ok(count) => {
                self.kept += count as u64;
                Node::File(read)
            }
        }
    }

    /// Puts a node at its place. Whatever is there twice counts for nothing, since
    /// nobody knows which of the two was meant.
    fn put(&mut self, folders: &[&str], name: &str, node: Node) {
        let mut base = String::new();
        for folder in folders {
            let inside = join(&base, folder);
            let there = self.folders.entry(base).or_default();
            match there.get_mut(*folder) {
                None => _ = there.insert((*folder).to_owned(), Node::Folder),
                Some(Node::Folder) => {}
                Some(other) => {
                    *other = Node::Odd("the archive has it as a file and as a folder".to_owned());
                    return;
                }
            }
            self.folders.entry(inside.clone()).or_default();
            base = inside;
        }
        let path = join(&base, name);
        let is_folder = matches!(node, Node::Folder);
        let twin = match is_folder {
            true => None,
            false => self.folded.insert(path.to_lowercase(), path.clone()),
        };
        let there = self.folders.entry(base).or_default();
        let node = match there.remove(name) {
            None => node,
            Some(Node::Folder) if is_folder => Node::Folder,
            Some(Node::Folder) => {
                Node::Odd("the archive has it as a file and as a folder".to_owned())
            }
            Some(_) => Node::Odd("the archive has it twice".to_owned()),
        };
        if is_folder && matches!(node, Node::Folder) {
            self.folders.entry(path.clone()).or_default();
        }
        let (folder, _) = path.rsplit_once('/').unwrap_or(("", &path));
        let twin = twin.filter(|twin| *twin != path);
        let node = match &twin {
            Some(twin) => {
                Node::Odd(format!("{twin} has the same name but for upper and lower case"))
            }
            None => node,
        };
        self.folders.entry(folder.to_owned()).or_default().insert(name.to_owned(), node);
        if let Some(twin) = twin {
            let (folder, name) = twin.rsplit_once('/').unwrap_or(("", &twin));
            let why = format!("{path} has the same name but for upper and lower case");
            let there = self.folders.entry(folder.to_owned()).or_default();
            there.insert(name.to_owned(), Node::Odd(why));
        }
    }

    fn leave(&mut self, path: &str, why: &str) {
        if self.outside.len() < NAMED_CAP {
            let (path, why) = (path.chars().take(200).collect(), why.to_owned());
            self.outside.push(LeftBehind { path, why, is_kits: false });
        }
    }
}

/// Whether the last part of a name is UTF-8. A folder may be called what an old archiver
/// made of its umlauts; what lies in it is none the worse.
fn is_utf8(name: &[u8]) -> bool {
    let last = name.rsplit(|byte| [b'/', b'\\'].contains(byte)).next().unwrap_or(name);
    std::str::from_utf8(last).is_ok()
}

/// The parts of an entry's name, with either kind of separator; or why it has no
/// place in a submission.
fn parts(name: &str) -> Result<Vec<&str>, &'static str> {
    const OUT: &str = "its name leads out of the archive";
    if name.starts_with(['/', '\\']) || name.get(1..2) == Some(":") {
        return Err(OUT);
    }
    let parts = name.split(['/', '\\']).filter(|part| !["", "."].contains(part));
    let parts: Vec<&str> = parts.collect();
    if parts.contains(&"..") {
        return Err(OUT);
    }
    if name.chars().any(char::is_control) {
        return Err(NOT_ORDINARY);
    }
    Ok(parts)
}

impl Tree for Unpacked {
    fn list(&self, folder: &str) -> Result<Vec<(String, Kind)>> {
        let there = self.folders.get(folder).with_context(|| format!("no folder {folder}"))?;
        Ok(there.iter().map(|(name, node)| (name.clone(), node.kind())).collect())
    }

    fn kind(&self, path: &str) -> Option<Kind> {
        if path.is_empty() {
            return Some(Kind::Folder);
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        Some(self.folders.get(folder)?.get(name)?.kind())
    }

    fn read(&self, path: &str) -> std::io::Result<Vec<u8>> {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        match self.folders.get(folder).and_then(|there| there.get(name)) {
            Some(Node::File(bytes)) => Ok(bytes.clone()),
            _ => Err(std::io::ErrorKind::NotFound.into()),
        }
    }
}

impl Node {
    fn kind(&self) -> Kind {
        match self {
            Self::Folder => Kind::Folder,
            Self::File(bytes) => Kind::File(bytes.len() as u64),
            Self::Large => Kind::File(FILE_CAP + 1),
            Self::Link => Kind::Link,
            Self::Odd(why) => Kind::Odd(why.clone()),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Entry, FILE_CAP, Kind, Tree, Unpacked};

    fn unpacked(files: &[(&str, &str)]) -> Unpacked {
        let mut unpacked = Unpacked::default();
        for (name, bytes) in files {
            unpacked.add(name.as_bytes(), Entry::File, &mut bytes.as_bytes()).unwrap();
        }
        unpacked
    }

    #[test]
    fn names_that_lead_out_are_left_behind_by_name() {
        for name in ["../a.rs", "/etc/passwd", "a/../../b.rs", "C:\\a.rs", "..\\a.rs", "\\\\h\\a"] {
            let unpacked = unpacked(&[(name, "x")]);
            assert_eq!(unpacked.left_behind().len(), 1, "{name}");
            assert!(unpacked.list("").unwrap().is_empty(), "{name}");
        }
    }

    #[test]
    fn what_is_there_twice_counts_for_nothing() {
        let odd =
            |unpacked: &Unpacked, path: &str| matches!(unpacked.kind(path), Some(Kind::Odd(_)));
        let twice = unpacked(&[("src/a.rs", "1"), ("./src/a.rs", "2")]);
        assert!(odd(&twice, "src/a.rs"));
        let thrice = unpacked(&[("src/a.rs", "1"), ("src/a.rs", "2"), ("src/a.rs", "3")]);
        assert!(odd(&thrice, "src/a.rs"));
        let cases = unpacked(&[("src/A.rs", "1"), ("src/a.rs", "2"), ("src/b.rs", "3")]);
        assert!(odd(&cases, "src/a.rs") && odd(&cases, "src/A.rs"));
        assert_eq!(cases.read("src/b.rs").unwrap(), b"3");
        let both = unpacked(&[("src/a.rs", "1"), ("src/a.rs/b.rs", "2")]);
        assert!(odd(&both, "src/a.rs"));
        let both = unpacked(&[("src/a.rs/b.rs", "2"), ("src/a.rs", "1")]);
        assert!(odd(&both, "src/a.rs"));
    }

    #[test]
    fn build_folders_and_what_macos_adds_are_not_looked_at() {
        let files = ["target/debug/a.rs", "e/.git/config", "__MACOSX/e/a.rs", "e/._a.rs"];
        let mut unpacked = unpacked(&files.map(|name| (name, "x")));
        unpacked.add(b"e/src/target/a.rs", Entry::File, &mut "x".as_bytes()).unwrap();
        assert!(unpacked.left_behind().is_empty());
        assert!(unpacked.is_file("e/src/target/a.rs"), "a module may be called so");
        assert!(!unpacked.is_folder("target") && !unpacked.is_folder("__MACOSX"));
    }

    #[test]
    fn links_devices_and_large_files_are_there_without_their_bytes() {
        let mut unpacked = Unpacked::default();
        unpacked.add(b"a", Entry::Link, &mut std::io::empty()).unwrap();
        unpacked.add(b"b", Entry::Device, &mut std::io::empty()).unwrap();
        unpacked.add(b"c", Entry::File, &mut std::io::repeat(0)).unwrap();
        unpacked.add(b"d\xff.rs", Entry::File, &mut std::io::empty()).unwrap();
        assert_eq!(unpacked.kind("a"), Some(Kind::Link));
        assert!(matches!(unpacked.kind("b"), Some(Kind::Odd(_))));
        assert_eq!(unpacked.kind("c"), Some(Kind::File(FILE_CAP + 1)));
        assert!(matches!(unpacked.kind("d\u{fffd}.rs"), Some(Kind::Odd(_))));
        unpacked.add(b"\x9abung/src/a.rs", Entry::File, &mut "x".as_bytes()).unwrap();
        assert!(unpacked.is_file("\u{fffd}bung/src/a.rs"), "its folder alone has an odd name");
    }

    #[test]
    fn many_files_of_the_largest_size_are_not_all_kept() {
        let mut unpacked = Unpacked::default();
        for number in 0..100 {
            let name = format!("src/{number}.rs");
            let mut bytes = std::io::Read::take(std::io::repeat(0), FILE_CAP);
            unpacked.add(name.as_bytes(), Entry::File, &mut bytes).unwrap();
        }
        assert!(unpacked.kept <= super::KEPT_CAP);
        assert!(matches!(unpacked.kind("src/99.rs"), Some(Kind::Odd(_))));
    }

    proptest! {
        /// Every name has a place of its own inside, or none.
        #[test]
        fn no_name_is_out_of_place(names in prop::collection::vec("[aA./\\\\\\n:b]{0,12}", 0..20)) {
            let mut unpacked = Unpacked::default();
            for name in &names {
                unpacked.add(name.as_bytes(), Entry::File, &mut "x".as_bytes()).unwrap();
            }
            for (folder, there) in &unpacked.folders {
                prop_assert!(!folder.split('/').any(|part| [".", ".."].contains(&part)));
                prop_assert!(!folder.starts_with('/'));
                for name in there.keys() {
                    prop_assert!(!name.contains(['/', '\\', '\n']) && !name.is_empty());
                    prop_assert!(![".", ".."].contains(&&**name));
                }
            }
        }
    }
}
