import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

type Collect = NonNullable<typeof globalThis.gc>;

let exposed: Collect | undefined;

/** What `--expose-gc` gives, without anybody else getting it. */
export const collectGarbage = (options: Parameters<Collect>[0]): void => {
  exposed ??= globalThis.gc ?? expose();
  void exposed(options);
};

const expose = (): Collect => {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as Collect;
  setFlagsFromString('--no-expose-gc');
  return collect;
};
