// The page of the set-up has nothing beyond every page of staff.
import { start } from "./staff.js";

start();
