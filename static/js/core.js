// What every page loads. One behaviour a file; each says at its top which data- attributes it reads.
import "./parts/htmx_setup.js";
import "./parts/csrf.js";
import "./parts/theme_switch.js";
import "./parts/menus.js";
import "./parts/messages.js";
import "./parts/confirm.js";
import "./parts/double_submit.js";
import "./parts/file_size.js";
import "./parts/focus.js";
import "./parts/ui_actions.js";
import "./parts/sign_out.js";
import "./parts/draft_guard.js";
import "./parts/conflict.js";
import "./parts/half_typed.js";
import "./parts/zone.js";
import "./parts/live_numbers.js";
import "./parts/find_key.js";
