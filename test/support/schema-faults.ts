/** As much of a schema of OpenAPI 3.0 as our document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly type?: string;
  readonly nullable?: boolean;
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
}

export type Schemas = Readonly<Record<string, Schema>>;

const ISO_TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;

/**
 * Where `value` is not what `schema` says, and how: nothing when it is. Stricter than JSON Schema: a field that is not
 * described is a fault.
 */
export const schemaFaults = (value: unknown, schema: Schema, schemas: Schemas, at = '$'): string[] => {
  const plain = flatten(schema, schemas);
  if (plain.oneOf !== undefined) {
    const isOne = plain.oneOf.some((each) => schemaFaults(value, each, schemas, at).length === 0);
    return isOne ? [] : [`${at}: is none of what it may be`];
  }
  if (value === null) return plain.nullable === true ? [] : [`${at}: is null`];
  if (plain.enum !== undefined && !plain.enum.includes(value)) return [`${at}: ${JSON.stringify(value)} is not listed`];
  const type = Array.isArray(value) ? 'array' : typeof value;
  if (type !== plain.type && !(plain.type === 'integer' && Number.isInteger(value))) {
    return [`${at}: is ${type}, not ${plain.type ?? 'described'}`];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => schemaFaults(item, plain.items ?? {}, schemas, `${at}[${index}]`));
  }
  if (type === 'object') return fieldFaults(value as Record<string, unknown>, plain, schemas, at);
  if (plain.format === 'date-time' && !ISO_TIME.test(String(value))) return [`${at}: ${String(value)} is no time`];
  return [];
};

/** Follows references; what stands beside one holds as well. */
const flatten = (schema: Schema, schemas: Schemas): Schema => {
  const { $ref, allOf = [], ...own } = schema;
  const named = $ref === undefined ? [] : [schemas[$ref.replace('#/components/schemas/', '')] ?? {}];
  const parts = [...named, ...allOf].map((part) => flatten(part, schemas));
  return Object.assign({}, ...parts, own) as Schema;
};

const fieldFaults = (value: Record<string, unknown>, schema: Schema, schemas: Schemas, at: string): string[] => {
  const { properties = {}, required = [], additionalProperties = false } = schema;
  const others = typeof additionalProperties === 'object' ? additionalProperties : undefined;
  return [
    ...required.filter((name) => !(name in value)).map((name) => `${at}.${name}: is not there`),
    ...Object.entries(value).flatMap(([name, field]) => {
      const described = Object.hasOwn(properties, name) ? properties[name] : others;
      if (described !== undefined) return schemaFaults(field, described, schemas, `${at}.${name}`);
      return additionalProperties === true ? [] : [`${at}.${name}: is not described`];
    }),
  ];
};
