/** As much of JSON Schema as report.schema.json uses. A keyword it does not know is an error, so that nothing passes unchecked. */

type Schema = Record<string, unknown>;

const CHECKS: Record<string, (rule: unknown, value: unknown, at: string, root: Schema) => string[]> = {
  const: (rule, value, at) => (value === rule ? [] : [`${at}: expected ${String(rule)}`]),
  enum: (rule, value, at) => ((rule as unknown[]).includes(value) ? [] : [`${at}: ${String(value)}`]),
  type: (rule, value, at) => (typeOf(value, rule) ? [] : [`${at}: expected ${String(rule)}`]),
  minimum: (rule, value, at) => ((value as number) >= (rule as number) ? [] : [`${at}: less than ${String(rule)}`]),
  required: (rule, value, at) =>
    (rule as string[]).filter((name) => !(name in (value as object))).map((name) => `${at}.${name} is missing`),
  properties: (rule, value, at, root) =>
    Object.entries(rule as Record<string, Schema>).flatMap(([name, schema]) =>
      name in (value as object) ? violations(schema, (value as Schema)[name], `${at}.${name}`, root) : [],
    ),
  items: (rule, value, at, root) =>
    (value as unknown[]).flatMap((item, i) => violations(rule as Schema, item, `${at}[${i}]`, root)),
  $ref: (rule, value, at, root) => {
    const target = (rule as string)
      .split('/')
      .slice(1)
      .reduce<unknown>((node, key) => (node as Schema)[key], root);
    return violations(target as Schema, value, at, root);
  },
};
const NOTES = ['$schema', '$id', '$defs', 'title', 'description', 'additionalProperties'];

export function violations(schema: Schema, value: unknown, at = '$', root = schema): string[] {
  const found = Object.entries(schema).flatMap(([keyword, rule]) => {
    if (NOTES.includes(keyword)) return [];
    const check = CHECKS[keyword];
    if (!check) throw new Error(`This validator does not know "${keyword}".`);
    return check(rule, value, at, root);
  });
  return [...found, ...additional(schema, value, at, root)];
}

function additional(schema: Schema, value: unknown, at: string, root: Schema): string[] {
  const rule = schema.additionalProperties;
  if (rule === undefined || typeof value !== 'object' || value === null) return [];
  const names = Object.keys(value).filter((name) => !Object.keys(schema.properties ?? {}).includes(name));
  if (rule === false) return names.map((name) => `${at}.${name} is unknown`);
  return names.flatMap((name) => violations(rule as Schema, (value as Schema)[name], `${at}.${name}`, root));
}

function typeOf(value: unknown, type: unknown): boolean {
  if (type === 'array') return Array.isArray(value);
  if (type === 'integer') return Number.isInteger(value);
  if (type === 'object') return typeof value === 'object' && value !== null && !Array.isArray(value);
  return typeof value === type;
}
