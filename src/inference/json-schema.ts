/**
 * A checker for the part of JSON Schema that `src/contract` uses, without code generation (which content security policies forbid)
 * and small enough for the worker. A test makes sure that the manifest's schema uses nothing that is missing here.
 */

export type JsonSchema = { readonly [keyword: string]: unknown };

/** What is wrong, in English, and where: `files[2].sha256`. The path of the root is empty. */
export interface SchemaProblem {
  readonly path: string;
  readonly rule: string;
}

const RULES = {
  type: (wanted, found) => `must be of type ${wanted}, is ${found}`,
  const: (wanted, found) => `must be ${wanted}, is ${found}`,
  enum: (wanted, found) => `must be one of ${wanted}, is ${found}`,
  minimum: (wanted, found) => `must be at least ${wanted}, is ${found}`,
  exclusiveMinimum: (wanted, found) => `must be above ${wanted}, is ${found}`,
  maximum: (wanted, found) => `must be at most ${wanted}, is ${found}`,
  exclusiveMaximum: (wanted, found) => `must be below ${wanted}, is ${found}`,
  minLength: (wanted, found) => `must have at least ${wanted} characters, has ${found}`,
  pattern: (wanted, found) => `must match ${wanted}, is ${found}`,
  minItems: (wanted, found) => `must have at least ${wanted} items, has ${found}`,
  maxItems: (wanted, found) => `must have at most ${wanted} items, has ${found}`,
  required: () => 'is missing',
  additionalProperties: () => 'is not a field that this version knows',
} satisfies Record<string, (wanted: string, found: string) => string>;

export type RuleKeyword = keyof typeof RULES;

/** The same for other languages: the keyword that is not kept and the values that its rule names, empty where it names none. */
export interface KeywordProblem extends SchemaProblem {
  readonly keyword: RuleKeyword;
  readonly wanted: string;
  readonly found: string;
}

export const SUPPORTED_KEYWORDS: ReadonlySet<string> = new Set([
  '$schema',
  '$id',
  '$ref',
  '$defs',
  'title',
  'description',
  'type',
  'const',
  'enum',
  'required',
  'properties',
  'additionalProperties',
  'items',
  'minItems',
  'maxItems',
  'minimum',
  'exclusiveMinimum',
  'maximum',
  'exclusiveMaximum',
  'minLength',
  'prefixItems',
  'anyOf',
  'pattern',
]);

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function typeMatches(type: unknown, value: unknown): boolean {
  if (Array.isArray(type)) return type.some((choice) => typeMatches(choice, value));
  switch (type) {
    case 'object':
      return isRecord(value);
    case 'array':
      return Array.isArray(value);
    case 'integer':
      return Number.isSafeInteger(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'null':
      return value === null;
    default:
      return typeof value === type;
  }
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

const problemOf = (path: string, keyword: RuleKeyword, wanted = '', found = ''): KeywordProblem => ({
  path,
  rule: RULES[keyword](wanted, found),
  keyword,
  wanted,
  found,
});

function child(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** The first problem in document order, or undefined. */
export function schemaProblem(
  schema: JsonSchema,
  value: unknown,
  root: JsonSchema = schema,
  path = '',
): KeywordProblem | undefined {
  const ref = schema['$ref'];
  if (typeof ref === 'string') {
    const defs = root['$defs'];
    const target = isRecord(defs) ? defs[ref.replace('#/$defs/', '')] : undefined;
    if (!isRecord(target)) throw new Error(`the schema refers to ${ref}, which it does not define`);
    return schemaProblem(target, value, root, path);
  }
  const { type, enum: choices, pattern, minLength, anyOf } = schema;
  if (Array.isArray(anyOf)) {
    const problems = anyOf.map((choice) => schemaProblem(choice as JsonSchema, value, root, path));
    // The last choice is the one with most to say: `null`, or else something.
    if (problems.every((problem) => problem !== undefined)) return problems.at(-1);
  }
  if (type !== undefined && !typeMatches(type, value))
    return problemOf(path, 'type', [type].flat().join(' | '), shown(value));
  if ('const' in schema && value !== schema['const'])
    return problemOf(path, 'const', shown(schema['const']), shown(value));
  if (Array.isArray(choices) && !choices.includes(value)) return problemOf(path, 'enum', shown(choices), shown(value));
  if (typeof value === 'number') {
    const problem = rangeProblem(schema, value, path);
    if (problem) return problem;
  }
  if (typeof value === 'string' && typeof minLength === 'number' && value.length < minLength)
    return problemOf(path, 'minLength', shown(minLength), shown(value.length));
  if (typeof value === 'string' && typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value))
    return problemOf(path, 'pattern', pattern, shown(value));
  if (Array.isArray(value)) return arrayProblem(schema, value, root, path);
  if (isRecord(value)) return objectProblem(schema, value, root, path);
  return undefined;
}

function rangeProblem(schema: JsonSchema, value: number, path: string): KeywordProblem | undefined {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;
  if (typeof minimum === 'number' && value < minimum) return problemOf(path, 'minimum', shown(minimum), shown(value));
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum)
    return problemOf(path, 'exclusiveMinimum', shown(exclusiveMinimum), shown(value));
  if (typeof maximum === 'number' && value > maximum) return problemOf(path, 'maximum', shown(maximum), shown(value));
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum)
    return problemOf(path, 'exclusiveMaximum', shown(exclusiveMaximum), shown(value));
  return undefined;
}

function arrayProblem(
  schema: JsonSchema,
  value: readonly unknown[],
  root: JsonSchema,
  path: string,
): KeywordProblem | undefined {
  const { items, minItems, maxItems, prefixItems } = schema;
  if (typeof minItems === 'number' && value.length < minItems)
    return problemOf(path, 'minItems', shown(minItems), shown(value.length));
  if (typeof maxItems === 'number' && value.length > maxItems)
    return problemOf(path, 'maxItems', shown(maxItems), shown(value.length));
  if (Array.isArray(prefixItems)) {
    for (const [index, itemSchema] of prefixItems.entries()) {
      const problem = schemaProblem(itemSchema as JsonSchema, value[index], root, `${path}[${index}]`);
      if (problem) return problem;
    }
  }
  if (!isRecord(items)) return undefined;
  for (const [index, item] of value.entries()) {
    const problem = schemaProblem(items, item, root, `${path}[${index}]`);
    if (problem) return problem;
  }
  return undefined;
}

function objectProblem(
  schema: JsonSchema,
  value: Record<string, unknown>,
  root: JsonSchema,
  path: string,
): KeywordProblem | undefined {
  const { required, properties, additionalProperties } = schema;
  if (Array.isArray(required)) {
    for (const key of required) {
      if (typeof key === 'string' && !(key in value)) return problemOf(child(path, key), 'required');
    }
  }
  const known = isRecord(properties) ? properties : {};
  for (const [key, item] of Object.entries(value)) {
    const itemSchema = known[key] ?? additionalProperties;
    if (isRecord(itemSchema)) {
      const problem = schemaProblem(itemSchema, item, root, child(path, key));
      if (problem) return problem;
    } else if (itemSchema === false) {
      return problemOf(child(path, key), 'additionalProperties');
    }
  }
  return undefined;
}
