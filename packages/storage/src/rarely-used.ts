/** What most pages never call: loaded in one piece, at the first use of any of it. */
export { damagedRecords } from './damaged-records.js';
export { exportRecords } from './export-records.js';
export { importRecords } from './import-records.js';
