// The page of how right it was has nothing beyond every page of staff.
import { start } from "./staff.js";

start();
