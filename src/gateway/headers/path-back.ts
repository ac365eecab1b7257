/** Where a path of the upstream is with us; undefined when it is not. `stripped` is what the route took off in front of it. */
export type ToOurPath = (path: string, stripped: string) => string | undefined;

export interface PathBackOptions {
  readonly routeName: string;
  /** Before the path of every request, without a slash at its end; may be empty. */
  readonly basePath: string;
}

/** A path that says `/gateway/<name>` already is of an upstream that heeds `X-Forwarded-Prefix`. */
export const compilePathBack = ({ routeName, basePath }: PathBackOptions): ToOurPath => {
  const ours = `/gateway/${routeName}`;
  return (path, stripped) => {
    if (isWithin(path, ours)) return path;
    return isWithin(path, basePath) ? ours + stripped + path.slice(basePath.length) : undefined;
  };
};

/** By whole segments. */
export const isWithin = (path: string, prefix: string): boolean =>
  path.startsWith(prefix) && (path.length === prefix.length || path[prefix.length] === '/');
