// The forms of a visit: each step is a page of its own, and what is being typed stays.
import { start } from "./staff.js";

start();
