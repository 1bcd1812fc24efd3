// What the views of the calendar load beside core.js.
import "./parts/calendar_grid.js";
import "./parts/calendar_keys.js";
import "./parts/calendar_add.js";
