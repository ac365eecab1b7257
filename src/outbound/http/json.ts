import type { Reply } from './call.ts';

/** Types that say nothing against JSON: upstreams often label it as text, or not at all. */
const MAY_BE_JSON = /^(application\/(.+\+)?json|text\/plain|text\/json|application\/octet-stream)\b/i;

const BYTE_ORDER_MARK = 0xfeff;

/** An answer that is not the JSON it should be. */
export class NotJson extends Error {}

/**
 * Reads a body as JSON by its shape; an empty one is undefined.
 * @throws NotJson when it is labelled as something else, such as an HTML error page, or does not parse
 */
export const parseJson = ({ headers, body }: Reply): unknown => {
  const contentType = headers['content-type'];
  if (contentType !== undefined && !MAY_BE_JSON.test(String(contentType))) {
    throw new NotJson('the answer is labelled as something other than JSON');
  }
  if (body.length === 0) return undefined;
  try {
    const text = body.toString('utf8');
    return JSON.parse(text.charCodeAt(0) === BYTE_ORDER_MARK ? text.slice(1) : text);
  } catch {
    throw new NotJson('the answer is not valid JSON');
  }
};
