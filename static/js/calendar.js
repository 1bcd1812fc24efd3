// What the views of the calendar load beside core.js; their stylesheets become dist/calendar.css.
import "fullcalendar/skeleton.css";
import "../css/pages/calendar.css";
import "./parts/calendar_grid.js";
import "./parts/calendar_keys.js";
import "./parts/calendar_add.js";
import "./parts/calendar_print.js";
