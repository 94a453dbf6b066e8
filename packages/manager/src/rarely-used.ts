/** What a page may never call: in one piece, apart from the first script. */
export { createAuthorisedFetch } from './authorised-fetch.js';
export { probe } from './probe.js';
