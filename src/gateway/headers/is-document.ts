import { remember } from './remember.ts';

/** What browsers run scripts of when they are led to it. */
const DOCUMENT =
  /^(?:text\/(?:html|xml|xsl)|application\/(?:xhtml\+|xslt\+)?xml|[^/]+\/.+\+xml|multipart\/x-mixed-replace)$/;

const TYPE = /^[\w!#$%&'*+.^`|~-]+\/[\w!#$%&'*+.^`|~-]+$/;

/** Says that nobody knows: browsers guess then. */
const GUESSED: ReadonlySet<string> = new Set(['*/*', 'unknown/unknown', 'application/unknown']);

const judge = remember((contentType) => {
  const essence = contentType.split(';', 1)[0]!.trim().toLowerCase();
  // What is not one type is guessed, too, and not by all in the same way.
  return !TYPE.test(essence) || GUESSED.has(essence) || DOCUMENT.test(essence);
});

/** Whether a browser might take that for a document; also where there is no type, or more than one. */
export const isDocument = (contentType: string | string[] | undefined): boolean =>
  typeof contentType !== 'string' || judge(contentType);
