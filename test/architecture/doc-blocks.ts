/** A fenced block of a Markdown page that says which file it belongs to. */
export interface DocBlock {
  readonly language: string;
  readonly path: string;
  readonly text: string;
}

const FENCE = /^```(\w+) title="([^"]+)"\n([\s\S]*?)^```$/gm;

export const blocksOf = (markdown: string): DocBlock[] =>
  [...markdown.matchAll(FENCE)].map(([, language = '', path = '', text = '']) => ({ language, path, text }));

/**
 * Does to a list of modules what the lines marked `+` say: imports come first, names join the list of imports.
 * @throws Error when there is no such list
 */
export const addModules = (appModule: string, diff: string): string => {
  const added = [...diff.matchAll(/^\+ *(.+)$/gm)].map(([, line = '']) => line);
  const imports = added.filter((line) => line.startsWith('import '));
  const names = added.filter((line) => !line.startsWith('import ')).map((line) => line.replace(/,$/, ''));
  const list = /imports: \[([^\]]*?),?\s*\]/;
  if (!list.test(appModule)) throw new Error('There is no list of imports to add to');
  return [...imports, appModule.replace(list, (_, known: string) => `imports: [${[known, ...names].join(', ')}]`)].join(
    '\n',
  );
};
