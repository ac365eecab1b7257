import { splitMembers } from './list-members.ts';
import { remember } from './remember.ts';

/** What lets caches of many people keep an answer (RFC 9111 §5.2.2, §3.5). */
const FOR_MANY = /^(?:public|s-maxage|proxy-revalidate)\b/i;

/** With a list of fields, `private` is about those only. */
const FOR_ONE = /^(?:private|no-store)$/i;

const restrict = remember((cacheControl) => {
  const directives = splitMembers(cacheControl);
  // Caches differ in how they read it.
  if (directives === undefined) return 'no-store';
  const kept = directives.filter((directive) => !FOR_MANY.test(directive));
  return (kept.some((directive) => FOR_ONE.test(directive)) ? kept : ['private', ...kept]).join(', ');
});

/** A `Cache-Control` that lets only the caller keep it; without one, any cache might keep it by its own judgement. */
export const toPrivate = (cacheControl: string | string[] | undefined): string =>
  cacheControl === undefined ? 'private' : restrict(String(cacheControl));

const depend = remember((vary) => {
  const names = vary.split(',').map((name) => name.trim());
  return names.includes('*') ? '*' : `${vary}, Authorization, Cookie`;
});

/** A `Vary` by which the caller's own cache has it only while the caller is the same one. */
export const toCallersVary = (vary: string | string[] | undefined): string =>
  vary === undefined ? 'Authorization, Cookie' : depend(String(vary));
