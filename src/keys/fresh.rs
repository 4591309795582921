//! The new key, shown once.

use std::rc::Rc;

use web_sys::{HtmlElement, MouseEvent};
use yew::{
    AttrValue, Callback, Html, NodeRef, Properties, component, html, use_effect_with, use_memo,
    use_node_ref, use_state_eq,
};

use super::example::Example;
use crate::create::{Fresh, grant_of};
use crate::outline::Outline;
use crate::picture::Picture;
use crate::text;
use crate::ui::{CopyButton, Dialog, Icon, icon};

/// What the dialog needs.
#[derive(Properties)]
pub(crate) struct Props {
    /// The new key. The dialog and what opened it hold the only pointers to it.
    pub fresh: Rc<Fresh>,
    /// The catalog of its type.
    pub outline: Outline,
    /// What bounds it, in an app that somebody shared.
    pub invite: Option<Rc<scope_rules::Grant>>,
    /// Where the calls of the examples go.
    pub base: AttrValue,
    /// Called when the dialog is to close for good.
    pub onclose: Callback<()>,
}

impl PartialEq for Props {
    fn eq(&self, other: &Self) -> bool {
        Rc::ptr_eq(&self.fresh, &other.fresh) && self.onclose == other.onclose
    }
}

/// Shows a new key, once. The secret is written past the component tree, and wiped from the page when the dialog closes.
#[component]
pub(crate) fn FreshKey(props: &Props) -> Html {
    let asking = use_state_eq(|| false);
    let copied = use_state_eq(|| false);
    let (secret, curl, python) = (use_node_ref(), use_node_ref(), use_node_ref());
    let example = use_memo((), |()| {
        let grant = grant_of(&props.fresh.key);
        let picture = Picture::new(props.outline.clone(), (*grant).clone(), props.invite.clone());
        Example::of(&props.fresh.key, &picture, &props.base)
    });
    {
        let nodes = [secret.clone(), curl.clone(), python.clone()];
        let (fresh, example) = (props.fresh.clone(), example.clone());
        use_effect_with((), move |()| {
            let secret = &fresh.secret;
            let example = example.as_ref().as_ref();
            let curl = example.map(|example| example.curl(secret)).unwrap_or_default();
            let python = example.map(|example| example.python(secret)).unwrap_or_default();
            let elements: Vec<HtmlElement> = nodes.iter().filter_map(NodeRef::cast).collect();
            for (element, text) in elements.iter().zip([secret, &curl, &python]) {
                element.set_text_content(Some(text.expose()));
            }
            move || {
                for element in elements {
                    element.set_text_content(None);
                }
            }
        });
    }
    let text_of = |node: &NodeRef| {
        let node = node.clone();
        Callback::from(move |()| {
            node.cast::<HtmlElement>()
                .and_then(|element| element.text_content())
                .unwrap_or_default()
        })
    };
    let ask = {
        let asking = asking.setter();
        Callback::from(move |()| asking.set(true))
    };
    let oncopied = {
        let copied = copied.setter();
        Callback::from(move |()| copied.set(true))
    };
    let stay = {
        let asking = asking.setter();
        Callback::from(move |_: MouseEvent| asking.set(false))
    };
    html! {
        <Dialog title={text::NEW_KEY} oncancel={ask.clone()}>
            <p>{ text::shown_once(&props.fresh.key.description) }</p>
            <div class="secret">
                <code ref={secret.clone()} tabindex="0" aria-label={text::SECRET}></code>
                <CopyButton label={text::COPY_KEY} text={text_of(&secret)} {oncopied} />
            </div>
            <p class="caution">{ icon(Icon::Warning) }{ text::DO_NOT_SHARE }</p>
            if let Some(problem) = &props.fresh.leftover {
                <p class="failure" role="alert">{ icon(Icon::Warning) }{ text::leftover(problem) }</p>
            }
            <div class="examples" hidden={example.is_none()}>
                <h3>{ text::TRY_IT }</h3>
                <pre><code ref={curl.clone()} tabindex="0" aria-label={text::CURL}></code></pre>
                <CopyButton label={text::COPY_CURL} text={text_of(&curl)} />
                <details>
                    <summary>{ text::PYTHON }</summary>
                    <pre><code ref={python.clone()} tabindex="0" aria-label={text::PYTHON}></code></pre>
                    <CopyButton label={text::COPY_CODE} text={text_of(&python)} />
                </details>
            </div>
            if example.is_none() { <p class="hint">{ text::NO_EXAMPLE }</p> }
            <footer>
                if *asking {
                    <p role="alert">{ if *copied { text::STORED_QUESTION } else { text::STORED_QUESTION_NOT_COPIED } }</p>
                    <button type="button" onclick={stay}>{ text::NOT_YET }</button>
                    <button type="button" class="primary" onclick={props.onclose.reform(|_: MouseEvent| ())}>
                        { text::YES_CLOSE }
                    </button>
                } else {
                    <button type="button" class="primary" onclick={ask.reform(|_: MouseEvent| ())}>{ text::DONE }</button>
                }
            </footer>
        </Dialog>
    }
}
