// What the pages with answer rows load beside core.js.
import "./parts/autosave.js";
import "./parts/kept_elsewhere.js";
import "./parts/order.js";
import "./parts/mix.js";
import "./parts/not_known.js";
import "./parts/asked_when.js";
import "./parts/period.js";
