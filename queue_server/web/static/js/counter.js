// The counter page: what it has beyond every page of staff.
import * as applications from "./applications.js";
import * as assist from "./assist.js";
import * as find from "./find.js";
import * as notes from "./notes.js";
import { start } from "./staff.js";

find.start();
start({ swapped: [notes.draw, applications.draw] });
assist.start();
applications.start();
notes.draw();
applications.draw();
