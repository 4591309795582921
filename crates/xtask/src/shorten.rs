//! The names by which the page's module and its JavaScript know each other.
//!
//! `wasm-bindgen` gives each function that they share a long name with a hash in it, for developers to read and so that
//! modules can be linked. They stand in both files, and hashes do not compress: short ones spare 4 KB.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use crate::error::Error;
use crate::project::{self, Project};

/// How the names of both files begin; then come a hash, and what tells them apart.
pub(crate) const NAME: &str = "key-setup-";
/// What the WebAssembly imports from, as `wasm-bindgen` calls it, and as `wasm-opt` does.
const MODULE: [&str; 2] = ["\"./key-setup_bg.js\"", "\"a\""];

/// Gives the names in the built page short ones, and the files that changed new hashes.
pub(crate) fn names(
    project: &Project,
    dist: &Path,
    module: PathBuf,
    script: PathBuf,
) -> Result<(), Error> {
    let map = project::output(
        project
            .command("wasm-opt")
            .arg(&module)
            .arg("--minify-imports-and-exports-and-modules")
            .arg("--output")
            .arg(&module),
    )?;

    let long = fs::read_to_string(&script).map_err(Error::file(&script))?;
    fs::write(&script, renamed(&long, &short_names(&map))).map_err(Error::file(&script))?;
    // Trunk shortens what is inside functions; this also what is outside of them.
    project::run(
        project
            .command("terser")
            .arg(&script)
            .args([
                "--module",
                "--toplevel",
                "--mangle",
                "--compress",
                "passes=3,unsafe_arrows,ecma=2020",
                "--output",
            ])
            .arg(&script),
    )?;

    let index = dist.join("index.html");
    let mut html = fs::read_to_string(&index).map_err(Error::file(&index))?;
    for path in [module, script] {
        let (old, new) = rehash(&path)?;
        html = html.replace(&old, &new);
    }
    fs::write(&index, html).map_err(Error::file(index))
}

/// The names that `wasm-opt` says it has changed, and what to. Each stands on a line of its own, an import after the name of
/// its module: `["./key-setup_bg.js", "__wbg_click_0123456789abcdef", "b"]`.
fn short_names(map: &str) -> BTreeMap<&str, &str> {
    map.lines()
        .filter_map(|line| {
            let quoted: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
            match quoted[..] {
                [_, old, new] | [old, new] => Some((old, new)),
                _ => None,
            }
        })
        .collect()
}

/// What all functions are called that the script offers and the module no longer imports: what `wasm-opt` calls nothing.
const UNUSED: &str = "0";

/// Whether this is the long name of a function that the script offers: it ends with a hash.
fn is_long(word: &str) -> bool {
    let hash = word.strip_prefix("__wbg_").and_then(|name| name.rsplit_once('_'));
    hash.is_some_and(|(_, hash)| hash.len() == 16 && hash.bytes().all(|b| b.is_ascii_hexdigit()))
}

/// A script with other names, where they are whole words.
fn renamed(script: &str, names: &BTreeMap<&str, &str>) -> String {
    let is_of_name = |c: char| c.is_ascii_alphanumeric() || c == '_' || c == '$';
    let [module, short_module] = MODULE;
    let script = script.replace(module, short_module);
    let mut renamed = String::with_capacity(script.len());
    let mut rest = script.as_str();
    while let Some(c) = rest.chars().next() {
        let end = rest.find(|next| is_of_name(next) != is_of_name(c)).unwrap_or(rest.len());
        let (word, after) = rest.split_at(end);
        let other = if is_long(word) { UNUSED } else { word };
        renamed.push_str(names.get(word).unwrap_or(&other));
        rest = after;
    }
    renamed
}

/// Puts the hash of what a file holds into its name, in place of the one that is there. Hands back both names.
fn rehash(path: &Path) -> Result<(String, String), Error> {
    let bytes = fs::read(path).map_err(Error::file(path))?;
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    let old = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let hash = old.trim_start_matches(NAME).split(['.', '_']).next().unwrap_or_default();
    let new = old.replace(hash, &format!("{:016x}", hasher.finish()));
    fs::rename(path, path.with_file_name(&new)).map_err(Error::file(path))?;
    Ok((old, new))
}

#[cfg(test)]
mod tests {
    use super::*;

    const MAP: &str = r#"{
"imports": [
  ["./key-setup_bg.js", "__wbg_click_0123456789abcdef", "b"],
  ["./key-setup_bg.js", "__wbg_clicks_0123456789abcdef", "c"],
  ["./key-setup_bg.js", "__wbg_closes_0123456789abcdef", "_"]
 ],
"exports": [
  ["memory", "d"]
 ]
}"#;

    #[test]
    fn every_name_is_renamed_and_nothing_else() {
        let script = r#"{"./key-setup_bg.js":{__wbg_click_0123456789abcdef:(e)=>e.click(),
            __wbg_clicks_0123456789abcdef:function(){return wasm.memory.buffer;},
            __wbg_closes_0123456789abcdef:()=>1,
            __wbg_gone_0123456789abcdef:()=>0}};function __wbg_init(){}let memory0="…";"#;
        assert_eq!(
            renamed(script, &short_names(MAP)),
            r#"{"a":{b:(e)=>e.click(),
            c:function(){return wasm.d.buffer;},
            _:()=>1,
            0:()=>0}};function __wbg_init(){}let memory0="…";"#
        );
    }

    #[test]
    fn a_file_is_named_after_what_it_holds() {
        let folder = std::env::temp_dir().join(format!("key-setup-rehash-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let rehashed = |text: &str| {
            let path = folder.join("key-setup-0123456789abcdef_bg.wasm");
            fs::write(&path, text).unwrap();
            let (old, new) = rehash(&path).unwrap();
            assert_eq!(old, "key-setup-0123456789abcdef_bg.wasm");
            assert_eq!(fs::read_to_string(folder.join(&new)).unwrap(), text);
            new
        };
        let (one, other) = (rehashed("one"), rehashed("other"));
        assert_ne!(one, other);
        assert_eq!(rehashed("one"), one);
        assert_eq!(one.len(), "key-setup-0123456789abcdef_bg.wasm".len());
        fs::remove_dir_all(folder).unwrap();
    }
}
