// What the pages with the form of a post load beside core.js.
import "./parts/fills.js";
import "./parts/versions.js";
