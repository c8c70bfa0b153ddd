//! Archives as students hand them in: zip, tar, tar.gz and tar.zst, told apart by
//! their first bytes. All of it is hostile until it is read.

use std::fs::File;
use std::io::{BufReader, Error, Read, Result as IoResult, Seek};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use ruzstd::decoding::StreamingDecoder;
use tar::EntryType;
use zip::ZipArchive;

use super::unpacked::{Entry, Unpacked};

/// Largest archive that is opened.
const ARCHIVE_CAP: u64 = 256 << 20;

/// Most bytes that a compressed tar may become.
const UNPACKED_CAP: u64 = 512 << 20;

/// Until so many bytes, the ratio does not matter.
const RATIO_FROM: u64 = 16 << 20;

/// Most bytes that one byte of a compressed tar may become: sources come to 10, a
/// build folder to 5.
const RATIO_CAP: u64 = 200;

/// How archives are called that students hand in, those among them that are not read.
const ENDINGS: [&str; 12] =
    ["zip", "tar", "gz", "tgz", "zst", "tzst", "rar", "7z", "xz", "txz", "bz2", "tbz"];

/// Whether a file is an archive, by its name.
#[must_use]
pub fn is_archive(path: &Path) -> bool {
    let ending = path.extension().map(|ending| ending.to_string_lossy().to_lowercase());
    ending.is_some_and(|ending| ENDINGS.contains(&&*ending))
}

/// Reads an archive into memory.
///
/// # Errors
/// Why it is refused as a whole, in words.
pub(super) fn read(path: &Path) -> Result<Unpacked, String> {
    let open = || -> IoResult<(File, u64, Vec<u8>)> {
        let mut file = File::open(path)?;
        let length = file.metadata()?.len();
        let mut first = Vec::new();
        file.by_ref().take(512).read_to_end(&mut first)?;
        file.rewind()?;
        Ok((file, length, first))
    };
    if !path.metadata().is_ok_and(|kind| kind.is_file()) {
        return Err("it is neither a folder nor a file".to_owned());
    }
    let (file, length, first) = open().map_err(|error| format!("it cannot be read: {error}"))?;
    if length > ARCHIVE_CAP {
        return Err(format!(
            "the archive is larger than {} MiB; hand in the sources alone, without `target`",
            ARCHIVE_CAP >> 20
        ));
    }
    // What a damaged archive does to who reads it is the archive's fault.
    let unpacked = std::panic::catch_unwind(|| {
        let file = BufReader::new(file);
        match first.as_slice() {
            [b'P', b'K', 3 | 5, 4 | 6, ..] => from_zip(file),
            [0x1f, 0x8b, ..] => from_tar(Bounded::new(MultiGzDecoder::new(file), length)),
            [0x28, 0xb5, 0x2f, 0xfd, ..] => {
                let decoder = StreamingDecoder::new(file).map_err(|error| damaged(&error))?;
                from_tar(Bounded::new(decoder, length))
            }
            bytes if bytes.get(257..262) == Some(b"ustar") => from_tar(Bounded::new(file, length)),
            [] => Err("the file is empty".to_owned()),
            _ => Err("it is no archive that is read here; hand in a zip or a tar.gz".to_owned()),
        }
    });
    unpacked.unwrap_or_else(|_| Err("the archive is damaged".to_owned()))
}

fn damaged(error: &dyn std::fmt::Display) -> String {
    format!("the archive is damaged: {error}")
}

fn from_zip(file: BufReader<File>) -> Result<Unpacked, String> {
    let mut zip = ZipArchive::new(file)
        .map_err(|_| "the archive is damaged: its table of contents cannot be read".to_owned())?;
    let mut unpacked = Unpacked::default();
    for at in 0..zip.len() {
        let (name, entry, is_locked) = {
            let file = zip.by_index_raw(at).map_err(|error| damaged(&error))?;
            let kind = file.unix_mode().unwrap_or(0) & 0o170_000;
            let entry = match kind {
                _ if file.is_dir() => Entry::Folder,
                0 | 0o100_000 => Entry::File,
                0o120_000 => Entry::Link,
                _ => Entry::Device,
            };
            (file.name_raw().to_vec(), entry, file.encrypted())
        };
        if is_locked {
            return Err("the archive is locked with a password; hand it in without".to_owned());
        }
        // Opened only when its bytes are wanted.
        let mut bytes = Lazy { zip: &mut zip, at, read: None };
        unpacked.add(&name, entry, &mut bytes)?;
    }
    Ok(unpacked)
}

/// The bytes of one entry of a zip, read at the first wish.
struct Lazy<'a> {
    zip: &'a mut ZipArchive<BufReader<File>>,
    at: usize,
    read: Option<std::io::Cursor<Vec<u8>>>,
}

impl Read for Lazy<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        if self.read.is_none() {
            let mut bytes = Vec::new();
            let file = self.zip.by_index(self.at).map_err(Error::other)?;
            // One more than any file that is taken.
            file.take(super::folder::FILE_CAP + 1).read_to_end(&mut bytes)?;
            self.read = Some(std::io::Cursor::new(bytes));
        }
        self.read.as_mut().map_or(Ok(0), |read| read.read(buffer))
    }
}

fn from_tar(bytes: impl Read) -> Result<Unpacked, String> {
    let mut tar = tar::Archive::new(bytes);
    let mut unpacked = Unpacked::default();
    for entry in tar.entries().map_err(|error| damaged(&error))? {
        let mut entry = entry.map_err(|error| damaged(&error))?;
        let name = entry.path_bytes().into_owned();
        let kind = match entry.header().entry_type() {
            EntryType::Regular | EntryType::Continuous | EntryType::GNUSparse => Entry::File,
            EntryType::Directory => Entry::Folder,
            EntryType::Link | EntryType::Symlink => Entry::Link,
            EntryType::XGlobalHeader => continue,
            _ => Entry::Device,
        };
        unpacked.add(&name, kind, &mut entry)?;
    }
    Ok(unpacked)
}

/// A stream that ends in an error when it grows out of all proportion.
struct Bounded<R> {
    inner: R,
    /// Bytes of the file that it comes from.
    length: u64,
    read: u64,
}

impl<R> Bounded<R> {
    fn new(inner: R, length: u64) -> Self {
        Self { inner, length, read: 0 }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, buffer: &mut [u8]) -> IoResult<usize> {
        let count = self.inner.read(buffer)?;
        self.read += count as u64;
        if self.read > UNPACKED_CAP {
            return Err(Error::other(format!(
                "it unpacks to more than {} MiB; hand in the sources alone, without `target`",
                UNPACKED_CAP >> 20
            )));
        }
        if self.read > RATIO_FROM && self.read / RATIO_CAP > self.length {
            return Err(Error::other("it unpacks to hundreds of times its size"));
        }
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};
    use std::path::{Path, PathBuf};

    use flate2::Compression;
    use flate2::write::GzEncoder;
    use tempfile::TempDir;
    use zip::write::SimpleFileOptions;

    use super::super::tree::{Kind, Tree};
    use super::{Unpacked, is_archive, read};

    fn tar(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut tar = tar::Builder::new(Vec::new());
        for (name, bytes) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(bytes.len() as u64);
            header.set_mode(0o644);
            // Not by `set_path`, which refuses names that an attacker writes.
            header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
            header.set_cksum();
            tar.append(&header, *bytes).unwrap();
        }
        tar.into_inner().unwrap()
    }

    fn gz(bytes: &[u8]) -> Vec<u8> {
        let mut gz = GzEncoder::new(Vec::new(), Compression::best());
        gz.write_all(bytes).unwrap();
        gz.finish().unwrap()
    }

    fn zip(files: &[(&str, &[u8])]) -> Vec<u8> {
        let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, bytes) in files {
            zip.start_file(*name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    fn file(bytes: &[u8]) -> (TempDir, PathBuf) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("work");
        std::fs::write(&path, bytes).unwrap();
        (folder, path)
    }

    fn unpacked(bytes: &[u8]) -> Result<Unpacked, String> {
        let (_folder, path) = file(bytes);
        read(&path)
    }

    #[test]
    fn each_kind_is_told_by_its_bytes() {
        let files: [(&str, &[u8]); 2] = [("e/src/a.rs", b"fn a() {}"), ("e/answers.md", b"4")];
        let zst = ruzstd::encoding::compress_to_vec(
            tar(&files).as_slice(),
            ruzstd::encoding::CompressionLevel::Fastest,
        );
        for bytes in [tar(&files), gz(&tar(&files)), zst, zip(&files)] {
            let unpacked = unpacked(&bytes).unwrap();
            assert_eq!(unpacked.read("e/src/a.rs").unwrap(), b"fn a() {}");
            assert_eq!(unpacked.kind("e"), Some(Kind::Folder));
        }
        assert!(unpacked(b"Rar!\x1a\x07").unwrap_err().contains("a zip or a tar.gz"));
        assert!(unpacked(b"").unwrap_err().contains("empty"));
    }

    #[test]
    fn bombs_are_refused_before_they_fill_the_memory() {
        let zeros = gz(&tar(&[("src/a.rs", &vec![0; 64 << 20])]));
        assert!(unpacked(&zeros).unwrap_err().contains("hundreds of times"));
        // A zip says beforehand what it has, and is read only as far as that is wanted.
        let zeros = zip(&[("e/src/a.rs", &vec![0; 64 << 20]), ("e/src/b.rs", b"x")]);
        let unpacked = unpacked(&zeros).unwrap();
        assert!(
            matches!(unpacked.kind("e/src/a.rs"), Some(Kind::File(length)) if length > 1 << 20)
        );
        assert_eq!(unpacked.read("e/src/b.rs").unwrap(), b"x");
    }

    #[test]
    fn a_name_in_an_archive_is_not_a_place_on_the_disk() {
        let folder = tempfile::tempdir().unwrap();
        let files: [(&str, &[u8]); 3] =
            [("../out.rs", b"x"), ("/tmp/out-of-the-archive.rs", b"x"), ("e/src/a.rs", b"x")];
        for bytes in [gz(&tar(&files)), zip(&files)] {
            let path = folder.path().join("inner/work");
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(&path, bytes).unwrap();
            let unpacked = read(&path).unwrap();
            assert_eq!(unpacked.left_behind().len(), 2);
            assert!(unpacked.is_file("e/src/a.rs"));
            assert!(!folder.path().join("out.rs").exists());
            assert!(!Path::new("/tmp/out-of-the-archive.rs").exists());
        }
    }

    #[test]
    fn a_damaged_archive_is_refused_in_words() {
        for whole in [gz(&tar(&[("e/src/a.rs", &[7; 5000])])), zip(&[("e/src/a.rs", &[7; 5000])])] {
            for cut in [3, 20, whole.len() / 2, whole.len() - 9] {
                // Cut off, it is refused; a tar that ends early has lost its end alone.
                if let Err(why) = unpacked(&whole[..cut]) {
                    assert!(!why.is_empty() && !why.contains('\n'), "{why}");
                }
                let mut flipped = whole.clone();
                flipped[cut] ^= 0x55;
                let _ = unpacked(&flipped);
            }
        }
    }

    #[test]
    fn archives_are_found_by_their_names() {
        for name in ["a.zip", "b.TAR.GZ", "c.tgz", "d.tar.zst", "e.rar"] {
            assert!(is_archive(Path::new(name)), "{name}");
        }
        for name in ["a.rs", "zip", "exercise4", "a.csv"] {
            assert!(!is_archive(Path::new(name)), "{name}");
        }
    }
}
