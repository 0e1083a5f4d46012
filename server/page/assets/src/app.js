// Everything here is optional: each page works without it.
import { bond } from './bond.js';
import { leave } from './leave.js';
import { listen } from './listen.js';
import { live } from './live.js';
import { once } from './once.js';
import { pulse } from './pulse.js';
import { quiet } from './quiet.js';
import { say } from './say.js';
import { seen } from './seen.js';
import { shrink } from './shrink.js';
import { tablet } from './tablet.js';
import { told } from './told.js';

for (const start of [quiet, say, once, listen, leave, live, seen, shrink, told, tablet, bond, pulse]) start();
