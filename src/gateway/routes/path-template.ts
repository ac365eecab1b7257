/** A path in which `{name}` stands for one whole segment, such as `/users/{id}`. */
export interface PathTemplate {
  /** Segments in order, without slashes. */
  readonly segments: readonly TemplateSegment[];
  /** In order of appearance. */
  readonly names: readonly string[];
}

export type TemplateSegment = { readonly text: string } | { readonly name: string };

const PLACEHOLDER = /^\{([A-Za-z]\w{0,31})\}$/;

/** @param text begins with a slash */
export const readTemplate = (text: string): PathTemplate => {
  const segments = text.slice(1).split('/').map(readSegment);
  return { segments, names: segments.flatMap((segment) => ('name' in segment ? [segment.name] : [])) };
};

const readSegment = (text: string): TemplateSegment => {
  const name = PLACEHOLDER.exec(text)?.[1];
  return name === undefined ? { text } : { name };
};
