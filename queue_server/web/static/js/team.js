// The page of the teams has nothing beyond every page of staff.
import { start } from "./staff.js";

start();
