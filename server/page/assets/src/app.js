// Everything here is optional: each page works without it.
import { leave } from './leave.js';
import { listen } from './listen.js';
import { live } from './live.js';
import { once } from './once.js';

for (const start of [once, listen, leave, live]) start();
