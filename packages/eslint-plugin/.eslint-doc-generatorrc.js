// How the rule pages and the README's table are generated: `npm run docs`. The generator takes the rules' prefix from the package's
// name, which is not ours (`worker-token/`), so presets are described by hand.
import { format, resolveConfig } from 'prettier';

/** @type {import('eslint-doc-generator').GenerateOptions} */
export default {
  ruleDocTitleFormat: 'name',
  ruleDocSectionInclude: ['Rule details', 'What it does not see'],
  ruleListColumns: ['name', 'description', 'hasSuggestions'],
  postprocess: async (content, path) => format(content, { ...(await resolveConfig(path)), parser: 'markdown' }),
};
