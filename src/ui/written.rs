//! The markup of views as it is written, made ready when the page is compiled: checked, with fixed texts in their places,
//! and without what is only for who reads the source.

/// Markup as it is written in the source, with the texts that are known for its places. It is used up, byte by byte, when
/// the page is compiled.
#[derive(Clone, Copy)]
pub(crate) struct Written<'a> {
    markup: &'a [u8],
    places: &'a [Option<&'a str>],
    /// What is left of the text that is being put into its place.
    text: &'a [u8],
    is_quoted: bool,
    in_tag: bool,
}

impl<'a> Written<'a> {
    /// Takes markup, and a text or nothing for each of its places, and checks them.
    pub(crate) const fn new(markup: &'a str, places: &'a [Option<&'a str>]) -> Self {
        let (mut found, mut open, mut is_odd) = (0, 0, false);
        let mut rest = markup.as_bytes();
        while let Some((byte, after)) = rest.split_first() {
            match (*byte, after.first()) {
                (b'{', Some(b'}')) => found += 1,
                (b'<', Some(b'/')) => open -= 1,
                (b'<', _) => open += 1,
                (b'/', Some(b'>')) => open -= 1,
                (b'=', Some(b'{' | b'"')) => {}
                (b'{' | b'=', _) => is_odd = true,
                _ => {}
            }
            rest = after;
        }
        assert!(found == places.len(), "a view needs a value for each {{}} of its markup");
        assert!(open == 0, "an element of the markup has no end");
        assert!(!is_odd, "a brace takes no value, or an attribute's value has no quotes");
        Self { markup: markup.as_bytes(), places, text: &[], is_quoted: false, in_tag: false }
    }

    /// How long it is with its texts, and without the line breaks and indentation that are for who reads the source.
    pub(crate) const fn len(mut self) -> usize {
        let mut length = 0;
        while self.next().is_some() {
            length += 1;
        }
        length
    }

    /// All of it.
    pub(crate) const fn bytes<const N: usize>(mut self) -> [u8; N] {
        let mut bytes = [0; N];
        let mut rest: &mut [u8] = &mut bytes;
        while let (Some(byte), Some((place, after))) = (self.next(), rest.split_first_mut()) {
            *place = byte;
            rest = after;
        }
        bytes
    }

    const fn next(&mut self) -> Option<u8> {
        if let Some((byte, rest)) = self.text.split_first() {
            assert!(!matches!(*byte, b'<' | b'{' | b'"'), "a text would be read as markup");
            self.text = rest;
            return Some(*byte);
        }
        if self.is_quoted {
            self.is_quoted = false;
            return Some(b'"');
        }
        let Some((byte, mut rest)) = self.markup.split_first() else { return None };
        let mut next = Some(*byte);
        match *byte {
            b'<' => self.in_tag = true,
            b'>' => self.in_tag = false,
            b'\n' => {
                while let Some((b' ', after)) = rest.split_first() {
                    rest = after;
                }
                next = if self.in_tag { Some(b' ') } else { None };
            }
            b'{' => {
                if let Some((place, others)) = self.places.split_first() {
                    self.places = others;
                    if let (Some(text), Some((b'}', after))) = (place, rest.split_first()) {
                        self.text = text.as_bytes();
                        // In a tag it is the value of an attribute.
                        self.is_quoted = self.in_tag;
                        next = if self.in_tag { Some(b'"') } else { None };
                        rest = after;
                    }
                }
            }
            _ => {}
        }
        self.markup = rest;
        if next.is_some() { next } else { self.next() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_known_stands_in_the_markup() {
        const WRITTEN: Written<'_> = Written::new(
            r#"<li
                class={} title={}>
                {} <b>{}</b>
                {}
            </li>"#,
            &[None, Some("a title"), Some("a text"), None, Some("")],
        );
        let bytes: [u8; WRITTEN.len()] = WRITTEN.bytes();
        assert_eq!(
            std::str::from_utf8(&bytes),
            Ok(r#"<li class={} title="a title">a text <b>{}</b></li>"#)
        );
    }
}
