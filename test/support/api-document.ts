import { ask, jsonOf, type Answer } from './ask.ts';
import { schemaFaults, type Schema, type Schemas } from './schema-faults.ts';

interface Content {
  readonly schema: Schema;
  readonly examples?: Readonly<Record<string, object>>;
}

export interface Operation {
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly requestBody?: object;
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, Content>>; readonly headers?: object }>
  >;
}

/** The OpenAPI document of a running application. */
export interface ApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Schemas };
}

export const readApiDocument = async (url: string): Promise<ApiDocument> =>
  jsonOf<ApiDocument>(await ask(`${url}/docs/openapi.json`));

/** `GET /api/v1/articles/{slug}`, say, of a path with or without a query; undefined when none is described. */
export const nameOfOperation = ({ paths }: ApiDocument, method: string, path: string): string | undefined => {
  const [pathname = ''] = path.split('?');
  const fits = (template: string): boolean =>
    new RegExp(`^${template.replaceAll('.', '\\.').replaceAll(/\{\w+\}/g, '[^/]+')}$`).test(pathname);
  // What is written out comes before what fits a parameter.
  const template = pathname in paths ? pathname : Object.keys(paths).find(fits);
  const isDescribed = template !== undefined && method.toLowerCase() in paths[template]!;
  return isDescribed ? `${method} ${template}` : undefined;
};

export const operationOf = ({ paths }: ApiDocument, name: string): Operation => {
  const [method = '', path = ''] = name.split(' ');
  return paths[path]![method.toLowerCase()]!;
};

/** Where an answer is not as the document describes it; problems count as answers. */
export const answerFaults = (document: ApiDocument, name: string, answer: Answer): string[] => {
  const { status, headers, text } = answer;
  const response = operationOf(document, name).responses[status];
  if (response === undefined) return [`status ${status} is not described`];
  const [type = ''] = (headers.get('content-type') ?? '').split(';');
  const content = response.content?.[type];
  if (content === undefined) return type === '' && !response.content && text === '' ? [] : [`${status} as "${type}"`];
  const { schemas } = document.components;
  if (type === 'application/problem+json') return problemFaults(text, content, schemas);
  return toValues(type, text).flatMap((value) => schemaFaults(value, content.schema, schemas));
};

/** Each code has to have an example: that is how callers know of it. */
const problemFaults = (text: string, { schema, examples = {} }: Content, schemas: Schemas): string[] => {
  const problem = JSON.parse(text) as { code: string };
  const isKnown = problem.code in examples;
  return [...(isKnown ? [] : [`code ${problem.code} is not described`]), ...schemaFaults(problem, schema, schemas)];
};

const toValues = (type: string, text: string): unknown[] => {
  if (type === 'application/x-ndjson') return text.split('\n').slice(0, -1).map(toValue);
  return [type === 'application/json' ? toValue(text) : text];
};

const toValue = (text: string): unknown => JSON.parse(text);
