//! The form of secrets and handles.
//!
//! A secret is `<prefix>_<random><checksum>`: a prefix by type, 40 characters for 200 random bits, and 7 for the CRC-32
//! of all that stands before them. Both parts are written in the lower-case digits of base32hex (`0` to `9`, `a` to
//! `v`), so that a double click selects the whole. The checksum is no protection: it lets a scanner tell a leaked secret
//! from look-alikes without asking anybody.
//!
//! A secret is kept as its plain SHA-256. A slow hash would gain nothing, because 200 random bits cannot be guessed.

use data_encoding::BASE32_DNSSEC as BASE32HEX;
use portal_api::Secret;
use scope_rules::KeyType;
use sha2::{Digest as _, Sha256};
use zeroize::Zeroizing;

/// Never to be changed: scanners look for it, and keys in use begin with it.
const APP_SPECIFIC_KEY: &str = "ask";
/// Never to be changed, for the same reasons.
const PERSONAL_ACCESS_TOKEN: &str = "pat";
/// Begins the handle, the public name of a key.
const HANDLE: &str = "key";
/// Begins the id of an invite.
const COLLABORATOR: &str = "col";

/// The last four characters belong to the checksum and are shown: they tell 20 bits of the secret, which leaves 180.
const RANDOM_BYTES: usize = 25;
const RANDOM_CHARS: usize = 40;
const CHECKSUM_CHARS: usize = 7;

/// The SHA-256 of a secret: what is kept of it.
pub(crate) type Digest = [u8; 32];

/// The machine has no randomness to give.
#[derive(Debug, thiserror::Error)]
#[error("the system's random source failed")]
pub(crate) struct NoRandomness(#[from] pub(crate) getrandom::Error);

/// Makes the secret of a new key.
pub(crate) fn new_secret(key_type: KeyType) -> Result<Secret, NoRandomness> {
    let prefix = prefix(key_type);
    let mut random = Zeroizing::new([0; RANDOM_BYTES]);
    getrandom::fill(random.as_mut_slice())?;
    // Sized at once: a text that grows leaves copies of itself behind.
    let mut text = String::with_capacity(prefix.len() + 1 + RANDOM_CHARS + CHECKSUM_CHARS);
    text.push_str(prefix);
    text.push('_');
    BASE32HEX.encode_append(random.as_slice(), &mut text);
    let checksum = checksum(&text);
    text.push_str(&checksum);
    Ok(Secret::from(text))
}

/// The key type that a secret claims, if it is one at all: right prefix, length, digits and checksum.
///
/// This asks nobody whether such a key exists.
pub(crate) fn claimed_type(text: &str) -> Option<KeyType> {
    let key_type = [KeyType::AppSpecificKey, KeyType::PersonalAccessToken]
        .into_iter()
        .find(|each| text.strip_prefix(prefix(*each)).is_some_and(|rest| rest.starts_with('_')))?;
    let body = text.split_at_checked(text.len().checked_sub(CHECKSUM_CHARS)?)?;
    let random = body.0.get(prefix(key_type).len() + 1..)?;
    let digits = random.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'v'));
    (digits && random.len() == RANDOM_CHARS && checksum(body.0) == body.1).then_some(key_type)
}

/// Whether a text begins as secrets do, and so had better not be shown.
pub(crate) fn looks_secret(text: &str) -> bool {
    [APP_SPECIFIC_KEY, PERSONAL_ACCESS_TOKEN]
        .iter()
        .any(|prefix| text.contains(&format!("{prefix}_")))
}

/// What is kept of a secret.
pub(crate) fn digest(text: impl AsRef<[u8]>) -> Digest {
    Sha256::digest(text.as_ref()).into()
}

/// What is shown of a secret after its creation.
pub(crate) fn last_four(secret: &Secret) -> String {
    let text = secret.expose();
    text.get(text.len().saturating_sub(4)..).unwrap_or_default().to_owned()
}

/// Makes the public name of a key. It authorises nothing.
pub(crate) fn new_handle() -> Result<String, NoRandomness> {
    new_id(HANDLE)
}

/// Makes the id of an invite.
pub(crate) fn new_collaborator_id() -> Result<String, NoRandomness> {
    new_id(COLLABORATOR)
}

/// Makes the token of a session, which only its cookie holds.
pub(crate) fn new_session_token() -> Result<Secret, NoRandomness> {
    let mut random = Zeroizing::new([0; RANDOM_BYTES]);
    getrandom::fill(random.as_mut_slice())?;
    Ok(Secret::from(BASE32HEX.encode(random.as_slice())))
}

/// Makes the id of a request.
pub(crate) fn new_request_id() -> Result<String, NoRandomness> {
    let mut random = [0; 10];
    getrandom::fill(&mut random)?;
    Ok(BASE32HEX.encode(&random))
}

fn new_id(prefix: &str) -> Result<String, NoRandomness> {
    Ok(format!("{prefix}_{}", new_request_id()?))
}

const fn prefix(key_type: KeyType) -> &'static str {
    match key_type {
        KeyType::AppSpecificKey => APP_SPECIFIC_KEY,
        KeyType::PersonalAccessToken => PERSONAL_ACCESS_TOKEN,
    }
}

fn checksum(text: &str) -> String {
    BASE32HEX.encode(&crc32fast::hash(text.as_bytes()).to_be_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_says_its_type_and_has_the_documented_form() {
        for (key_type, prefix) in
            [(KeyType::AppSpecificKey, "ask_"), (KeyType::PersonalAccessToken, "pat_")]
        {
            let secret = new_secret(key_type).unwrap();
            let text = secret.expose();
            assert_eq!(text.len(), 4 + 40 + 7);
            assert!(text.starts_with(prefix));
            assert!(
                text.bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
            );
            assert_eq!(claimed_type(text), Some(key_type));
        }
    }

    #[test]
    fn a_change_of_any_one_character_is_noticed() {
        let secret = new_secret(KeyType::AppSpecificKey).unwrap();
        let text = secret.expose();
        for place in 0..text.len() {
            let mut bytes = text.as_bytes().to_vec();
            bytes[place] = if bytes[place] == b'0' { b'1' } else { b'0' };
            assert_eq!(claimed_type(&String::from_utf8(bytes).unwrap()), None, "place {place}");
        }
    }

    #[test]
    fn what_is_no_secret_is_told_without_harm() {
        let secret = new_secret(KeyType::AppSpecificKey).unwrap();
        let text = secret.expose();
        let (upper, longer) = (text.to_uppercase(), format!("{text}0"));
        for text in [
            "",
            "ask_",
            "pat_0",
            "key_0123456789abcdef",
            "ask_ümlaut_ümlaut_ü",
            &upper,
            &longer,
            text.trim_start_matches('a'),
        ] {
            assert_eq!(claimed_type(text), None, "{text}");
        }
    }

    #[test]
    fn secrets_and_handles_differ_from_each_other() {
        let one = new_secret(KeyType::AppSpecificKey).unwrap();
        let other = new_secret(KeyType::AppSpecificKey).unwrap();
        assert_ne!(one.expose(), other.expose());
        assert_ne!(digest(one.expose()), digest(other.expose()));
        assert_ne!(new_handle().unwrap(), new_handle().unwrap());
    }

    #[test]
    fn debug_shows_nothing_of_a_secret() {
        let secret = new_secret(KeyType::AppSpecificKey).unwrap();
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        assert!(secret.expose().ends_with(&last_four(&secret)));
        assert_eq!(last_four(&secret).len(), 4);
    }

    #[test]
    fn the_checksum_is_the_documented_one() {
        // Reproducible with: crc32("ask_" + 40 zeros), big-endian, in base32hex.
        let body = format!("ask_{}", "0".repeat(40));
        let text = format!("{body}{}", checksum(&body));
        assert_eq!(claimed_type(&text), Some(KeyType::AppSpecificKey));
        assert_eq!(checksum("123456789"), "pfq3i9g", "the CRC-32 check value cbf43926");
    }
}
