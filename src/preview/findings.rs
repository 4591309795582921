//! The findings, worst first, each with its fix.

use std::rc::Rc;

use scope_rules::{Finding, Fix, Severity};
use web_sys::MouseEvent;
use yew::{Callback, Html, UseReducerDispatcher, html};

use crate::draft::{Action, Draft};
use crate::picture::Picture;
use crate::text;
use crate::ui::{Icon, Level, Part, focus_around, icon, more};

/// How many findings are drawn at a time.
const DRAWN: usize = 6;

/// The findings.
pub(crate) struct Findings {
    /// What the key would be able to do.
    pub picture: Picture,
    /// Takes the fixes.
    pub dispatch: UseReducerDispatcher<Draft>,
    /// Told what a fix would do that is pointed at or focused.
    pub onprobe: Callback<Option<Action>>,
    /// Lists what all fixes would change.
    pub onfixall: Callback<()>,
}

impl Part for Findings {
    fn is_same(&self, other: &Self) -> bool {
        self.picture == other.picture
    }

    fn draw(&self, level: &Level) -> Html {
        let findings = &self.picture.findings;
        if findings.is_empty() {
            return html! { <></> };
        }
        let drawn = DRAWN * (level.now + 1);
        let counts =
            |finding: &&Finding| finding.severity() != Severity::Note && finding.fix.is_some();
        html! {
            <section class="findings" aria-label={text::FINDINGS}>
                <header>
                    <h3>{ text::findings(&self.picture) }</h3>
                    if findings.iter().filter(counts).count() > 1 {
                        <button type="button" onclick={self.onfixall.reform(|_: MouseEvent| ())}>{ text::FIX_ALL }</button>
                    }
                </header>
                <ul>
                    for finding in findings.iter().take(drawn) { { row(self, finding) } }
                </ul>
                { more(level, findings.len(), drawn) }
            </section>
        }
    }
}

fn row(props: &Findings, finding: &Finding) -> Html {
    let severity = finding.severity();
    let mark = match severity {
        Severity::Error => Icon::Rejected,
        Severity::Warning => Icon::Warning,
        Severity::Note => Icon::Note,
    };
    html! {
        <li class={severity.as_str()}>
            { icon(mark) }
            <p><span class="hidden">{ text::severity(severity) }</span>{ text::finding(finding) }</p>
            { for finding.fix.as_ref().map(|fix| button(props, fix)) }
        </li>
    }
}

fn button(props: &Findings, fix: &Fix) -> Html {
    let action = Action::Fix(Rc::new(fix.clone()));
    let probe = {
        let (onprobe, action) = (props.onprobe.clone(), action.clone());
        Callback::from(move |()| onprobe.emit(Some(action.clone())))
    };
    let leave = props.onprobe.reform(|()| None);
    let onclick = {
        let (dispatch, leave) = (props.dispatch.clone(), leave.clone());
        Callback::from(move |event: MouseEvent| {
            focus_around(&event, ".scroll");
            leave.emit(());
            dispatch.dispatch(action.clone());
        })
    };
    html! {
        <button
            type="button"
            {onclick}
            onmouseenter={probe.reform(|_: MouseEvent| ())}
            onfocus={probe.reform(|_: web_sys::FocusEvent| ())}
            onmouseleave={leave.reform(|_: MouseEvent| ())}
            onblur={leave.reform(|_: web_sys::FocusEvent| ())}
        >
            { text::fix(fix) }
        </button>
    }
}
