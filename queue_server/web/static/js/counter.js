// The counter page.
import { start } from "./staff.js";

start();
