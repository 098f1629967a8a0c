// One's own day has nothing beyond every page of staff.
import { start } from "./staff.js";

start();
