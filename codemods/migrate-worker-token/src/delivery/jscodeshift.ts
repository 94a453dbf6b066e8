/** What jscodeshift loads: the transform, and the parser its own part of the work needs. */
import { transform } from './transform.js';

module.exports = Object.assign(transform, { parser: 'tsx' });
