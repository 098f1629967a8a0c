// The page of all centres has nothing beyond every page of staff.
import { start } from "./staff.js";

start();
