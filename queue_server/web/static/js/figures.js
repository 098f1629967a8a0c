// The pages of figures: they work without this; with it they are drawn anew by themselves, and have their keys.
import { start } from "./staff.js";

start();
