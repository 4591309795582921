//! Compressing what is served, once, as far as it goes.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::thread;

use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use crate::error::Error;

/// One file, and its two compressed forms.
#[derive(Debug)]
pub(crate) struct Compressed {
    /// The file.
    pub(crate) path: PathBuf,
    /// How many bytes it has.
    pub(crate) raw: usize,
    /// What `gzip -9` makes of it.
    pub(crate) gzip: Vec<u8>,
    /// What brotli's highest quality makes of it.
    pub(crate) brotli: Vec<u8>,
}

/// Compresses every file of a folder, in order of name; those compressed already are left out.
pub(crate) fn folder(folder: &Path) -> Result<Vec<Compressed>, Error> {
    let paths = files(folder)?;
    thread::scope(|scope| {
        let workers: Vec<_> = paths.into_iter().map(|path| scope.spawn(|| file(path))).collect();
        workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
            .collect()
    })
}

/// Writes each compressed form beside its file, as `.gz` and `.br`, for the backend to serve as it is.
pub(crate) fn write(files: &[Compressed]) -> Result<(), Error> {
    for file in files {
        for (extension, bytes) in [("gz", &file.gzip), ("br", &file.brotli)] {
            let mut name = file.path.clone().into_os_string();
            name.push(".");
            name.push(extension);
            fs::write(&name, bytes).map_err(Error::file(name))?;
        }
    }
    Ok(())
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, Error> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(Error::file(folder))? {
        let path = entry.map_err(Error::file(folder))?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if is_served(&path) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

/// Whether a file is one of the page's: neither hidden, as Trunk's lock is, nor compressed already.
fn is_served(path: &Path) -> bool {
    let hidden = path.file_name().is_some_and(|name| name.as_encoded_bytes().starts_with(b"."));
    !hidden && !path.extension().is_some_and(|extension| extension == "gz" || extension == "br")
}

fn file(path: PathBuf) -> Result<Compressed, Error> {
    let bytes = fs::read(&path).map_err(Error::file(&path))?;
    let gzip = gzip(&bytes).map_err(Error::file(&path))?;
    let brotli = brotli(&bytes).map_err(Error::file(&path))?;
    Ok(Compressed { path, raw: bytes.len(), gzip, brotli })
}

fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

fn brotli(mut bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let parameters = BrotliEncoderParams {
        quality: 11,
        lgwin: 22,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut compressed = Vec::new();
    brotli::BrotliCompress(&mut bytes, &mut compressed, &parameters)?;
    Ok(compressed)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read;

    #[test]
    fn both_forms_unpack_to_the_file() {
        let text = "grant, scope, operation, endpoint ".repeat(100).into_bytes();

        let mut unpacked = Vec::new();
        flate2::read::GzDecoder::new(gzip(&text).unwrap().as_slice())
            .read_to_end(&mut unpacked)
            .unwrap();
        assert_eq!(unpacked, text);

        let mut unpacked = Vec::new();
        let packed = brotli(&text).unwrap();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut unpacked).unwrap();
        assert_eq!(unpacked, text);
        assert!(packed.len() < 100);
    }
}
