/** Nothing inline, nothing from elsewhere, no text that becomes markup. */
const STRICT = {
  'default-src': "'none'",
  'script-src': "'self'",
  'style-src': "'self'",
  'img-src': "'self'",
  'connect-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
};

/** A Content-Security-Policy for pages of ours. @param own directives in the place of, or beside, the strictest ones */
export const strictPolicy = (own: Readonly<Record<string, string>>): string =>
  Object.entries({ ...STRICT, ...own })
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
