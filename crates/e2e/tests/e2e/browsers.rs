//! The flows, in the browsers beside Chromium. Who has no such browser leaves out the tests by the name of their module.
//!
//! Chromium's alone are the tests that ask what only its driver tells or does: the accessibility tree, the console, the
//! module's memory, and the page in the dark or on a narrow screen, as axe-core is to check it.

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
    a_draft_survives_going_away_and_back = secrets::go_away_and_back,
    what_is_changed_after_a_link_survives_a_reload = secrets::change_after_link,
    fields_that_are_empty_long_or_of_spaces = bad_input::fill_in_wrongly,
    create_pressed_twice_makes_one_key = bad_input::press_twice,
    a_lost_answer_makes_no_second_key = bad_input::lose_an_answer,
    a_backend_that_is_down_at_the_start = bad_input::be_down_at_the_start,
    a_backend_that_fails_in_the_middle = bad_input::fail_in_the_middle,
    counts_findings_and_outcomes_are_announced = announced::announce,
    a_key_ends_when_the_person_says = keys::end_when_said,
    an_app_is_found_among_thousands = keys::choose_among_thousands,
    a_secret_is_gone_when_a_person_comes_back = secrets::come_back,
    a_secret_leaves_no_trace = secrets::leave_no_trace,
    two_tabs_do_not_meddle_with_each_other = secrets::use_two_tabs,
    a_link_brings_back_what_it_was_made_of = secrets::open_link,
    names_with_markup = bad_input::be_named_with_markup,
    scopes_that_nobody_has_heard_of = bad_input::be_offered_unheard_of_scopes,
    loading_the_user = failures::load_user,
    loading_the_scopes = failures::load_scopes,
    loading_the_apps = failures::load_apps,
    loading_the_shared_apps = failures::load_shared_apps,
    loading_the_keys = failures::load_keys,
    creating_a_key = failures::create,
    replacing_a_key = failures::replace,
    changing_a_key_slowly_or_after_the_session_has_ended = failures::change_slowly,
    creating_a_key_whose_secret_is_lost = failures::lose_secret,
    deleting_and_editing_a_key = failures::delete_and_edit,
    the_page_is_honest_in_some_cases = honest::be_honest_in_some_cases,
    a_key_is_created_and_deleted_by_keyboard_alone = keyboard::create_and_delete,
    tabs_undo_and_dialogs_by_keyboard_alone = keyboard::use_tabs_undo_and_dialogs,
}
