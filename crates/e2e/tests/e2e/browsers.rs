//! The flows, in the browsers beside Chromium. Who has no such browser leaves out the tests by the name of their module.

macro_rules! flows {
    ($module:ident, $engine:ident: $($name:ident = $flow:path,)*) => {
        mod $module {
            use crate::webdriver::Engine;
            use crate::*;

            $(
                #[test]
                fn $name() {
                    $flow(Engine::$engine);
                }
            )*
        }
    };
}

macro_rules! in_every_browser {
    ($($flows:tt)*) => {
        flows! { in_firefox, Firefox: $($flows)* }
        flows! { in_webkit, WebKit: $($flows)* }
    };
}

in_every_browser! {
    a_key_is_created_used_and_deleted = flow::from_form_to_end,
    a_key_is_replaced = keys::replace,
    a_key_is_the_template_of_another = keys::use_as_template,
    a_personal_access_token_is_created_and_works = keys::create_token,
    a_draft_survives_a_reload = secrets::reload,
    what_is_changed_after_a_link_survives_a_reload = secrets::change_after_link,
    fields_that_are_empty_long_or_of_spaces = bad_input::fill_in_wrongly,
    create_pressed_twice_makes_one_key = bad_input::press_twice,
    a_lost_answer_makes_no_second_key = bad_input::lose_an_answer,
    a_backend_that_is_down_at_the_start = bad_input::be_down_at_the_start,
    a_backend_that_fails_in_the_middle = bad_input::fail_in_the_middle,
    counts_findings_and_outcomes_are_announced = announced::announce,
}

// WebKit's driver holds tabs back that are not in front.
flows! { in_firefox_only, Firefox:
    two_tabs_do_not_meddle_with_each_other = secrets::use_two_tabs,
}

// Firefox's focus goes through its own window between the last element and the first, and comes back unmarked.
flows! { in_webkit_only, WebKit:
    tabs_undo_and_dialogs_by_keyboard_alone = keyboard::use_tabs_undo_and_dialogs,
}
