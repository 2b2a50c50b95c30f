/**
 * A checker for the part of JSON Schema that `src/contract` uses, without code generation (which content security policies forbid)
 * and small enough for the worker. A test makes sure that the manifest's schema uses nothing that is missing here.
 */

export type JsonSchema = { readonly [keyword: string]: unknown };

/** What is wrong, and where: `files[2].sha256`. The path of the root is empty. */
export interface SchemaProblem {
  readonly path: string;
  readonly rule: string;
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

function child(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

/** The first problem in document order, or undefined. */
export function schemaProblem(
  schema: JsonSchema,
  value: unknown,
  root: JsonSchema = schema,
  path = '',
): SchemaProblem | undefined {
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
    return {
      path,
      rule: `must be of type ${Array.isArray(type) ? type.join(' or ') : String(type)}, is ${shown(value)}`,
    };
  if ('const' in schema && value !== schema['const'])
    return { path, rule: `must be ${shown(schema['const'])}, is ${shown(value)}` };
  if (Array.isArray(choices) && !choices.includes(value))
    return { path, rule: `must be one of ${shown(choices)}, is ${shown(value)}` };
  if (typeof value === 'number') {
    const rule = rangeRule(schema, value);
    if (rule !== undefined) return { path, rule };
  }
  if (typeof value === 'string' && typeof minLength === 'number' && value.length < minLength)
    return { path, rule: `must have at least ${minLength} characters, has ${value.length}` };
  if (typeof value === 'string' && typeof pattern === 'string' && !new RegExp(pattern, 'u').test(value)) {
    return { path, rule: `must match ${pattern}, is ${shown(value)}` };
  }
  if (Array.isArray(value)) return arrayProblem(schema, value, root, path);
  if (isRecord(value)) return objectProblem(schema, value, root, path);
  return undefined;
}

function rangeRule(schema: JsonSchema, value: number): string | undefined {
  const { minimum, exclusiveMinimum, maximum, exclusiveMaximum } = schema;
  if (typeof minimum === 'number' && value < minimum) return `must be at least ${minimum}, is ${value}`;
  if (typeof exclusiveMinimum === 'number' && value <= exclusiveMinimum)
    return `must be above ${exclusiveMinimum}, is ${value}`;
  if (typeof maximum === 'number' && value > maximum) return `must be at most ${maximum}, is ${value}`;
  if (typeof exclusiveMaximum === 'number' && value >= exclusiveMaximum)
    return `must be below ${exclusiveMaximum}, is ${value}`;
  return undefined;
}

function arrayProblem(
  schema: JsonSchema,
  value: readonly unknown[],
  root: JsonSchema,
  path: string,
): SchemaProblem | undefined {
  const { items, minItems, maxItems, prefixItems } = schema;
  if (typeof minItems === 'number' && value.length < minItems)
    return { path, rule: `must have at least ${minItems} items, has ${value.length}` };
  if (typeof maxItems === 'number' && value.length > maxItems)
    return { path, rule: `must have at most ${maxItems} items, has ${value.length}` };
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
): SchemaProblem | undefined {
  const { required, properties } = schema;
  if (Array.isArray(required)) {
    for (const key of required) {
      if (typeof key === 'string' && !(key in value)) return { path: child(path, key), rule: 'is missing' };
    }
  }
  const known = isRecord(properties) ? properties : {};
  for (const [key, item] of Object.entries(value)) {
    const itemSchema = known[key];
    if (isRecord(itemSchema)) {
      const problem = schemaProblem(itemSchema, item, root, child(path, key));
      if (problem) return problem;
    } else if (schema['additionalProperties'] === false) {
      return { path: child(path, key), rule: 'is not a field that this version knows' };
    }
  }
  return undefined;
}
