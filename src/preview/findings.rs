//! The findings, worst first, each with its fix.

use std::rc::Rc;

use scope_rules::{Finding, Fix, Severity};
use web_sys::MouseEvent;
use yew::{Callback, Html, Properties, UseReducerDispatcher, component, html, use_state_eq};

use crate::draft::{Action, Draft};
use crate::picture::Picture;
use crate::text;
use crate::ui::{Icon, focus_around, icon};

/// How many findings are drawn before a person asks for more.
const DRAWN: usize = 6;

/// What the findings need.
#[derive(Properties, PartialEq)]
pub(crate) struct Props {
    /// What the key would be able to do.
    pub picture: Picture,
    /// Takes the fixes.
    pub dispatch: UseReducerDispatcher<Draft>,
    /// Told what a fix would do that is pointed at or focused.
    pub onprobe: Callback<Option<Action>>,
    /// Lists what all fixes would change.
    pub onfixall: Callback<()>,
}

/// The findings.
#[component]
pub(crate) fn Findings(props: &Props) -> Html {
    let all = use_state_eq(|| false);
    let findings = &props.picture.findings;
    if findings.is_empty() {
        return html! { <></> };
    }
    let shown = if *all { findings.len() } else { DRAWN.min(findings.len()) };
    let rest = findings.len() - shown;
    let more = {
        let all = all.setter();
        Callback::from(move |_: MouseEvent| all.set(true))
    };
    let fixable = findings
        .iter()
        .filter(|finding| finding.severity() != Severity::Note && finding.fix.is_some())
        .count();
    html! {
        <section class="findings" aria-label={text::FINDINGS}>
            <header>
                <h3>{ text::findings(&props.picture) }</h3>
                if fixable > 1 {
                    <button type="button" onclick={props.onfixall.reform(|_: MouseEvent| ())}>{ text::FIX_ALL }</button>
                }
            </header>
            <ul>
                for finding in findings.iter().take(shown) { { row(props, finding) } }
            </ul>
            if rest > 0 {
                <button type="button" class="more" onclick={more}>{ text::show_more(rest) }</button>
            }
        </section>
    }
}

fn row(props: &Props, finding: &Finding) -> Html {
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

fn button(props: &Props, fix: &Fix) -> Html {
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
