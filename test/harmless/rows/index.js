import { bodies } from './bodies.js';
import { environments } from './environments.js';
import { listings } from './listings.js';
import { pages } from './pages.js';
import { ranges } from './ranges.js';
import { realms } from './realms.js';
import { runtimeFiles } from './runtime-files.js';

/** Every server and every environment. @type {import('./row.js').Row[]} */
export const rows = [...runtimeFiles, ...bodies, ...ranges, ...listings, ...environments, ...pages, ...realms];
