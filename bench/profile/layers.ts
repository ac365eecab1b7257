import type { CpuProfile } from './inspector.ts';

interface Layer {
  name: string;
  /** Matched against the URL of a file, or the name of a native function that has none. */
  pattern: RegExp;
}

/** The first that matches counts. */
const layers: readonly Layer[] = [
  { name: 'waiting', pattern: /^\(idle\)$/ },
  { name: 'garbage collection', pattern: /^\(garbage collector\)$/ },
  { name: 'kernel: socket writes', pattern: /^write(v|Utf8String|Latin1String|Buffer|AsciiString|Ucs2String)$/ },
  { name: 'engine, libuv and kernel', pattern: /^\(program\)$/ },
  {
    name: 'metrics, traces, logs',
    pattern: /opentelemetry|\/pino|sonic-boom|\/telemetry\/|\/logging\/|\/vitals\/|\/console\//,
  },
  { name: 'axios', pattern: /node_modules\/axios\// },
  { name: 'undici', pattern: /node_modules\/undici\/|^wasm:/ },
  { name: 'client: schema and JSON', pattern: /node_modules\/zod\/|outbound\/http\/(json|check-answer|sound-json)\./ },
  {
    name: 'client',
    pattern: /outbound\/(http\/(api-client|pipeline-adapter|to-call|axios|path|query|operation|call-plan)|provider)/,
  },
  { name: 'stages: cache', pattern: /outbound\/cache\// },
  { name: 'stages: resilience', pattern: /outbound\/resilience\// },
  { name: 'stages: others and transport', pattern: /\/outbound\// },
  { name: 'gateway', pattern: /\/gateway\// },
  { name: 'inbound: hooks of ours', pattern: /\/inbound\/|\/platform\// },
  { name: 'inbound: Nest', pattern: /@nestjs|reflect-metadata|rxjs/ },
  { name: 'inbound: Fastify', pattern: /fastify|find-my-way|fast-json-stringify|light-my-request|avvio/ },
  { name: 'controller', pattern: /\/(features|providers)\// },
  { name: 'inbound: Express', pattern: /node_modules\/(express|router|send|qs|body-parser|finalhandler)\// },
  { name: "Node's HTTP server", pattern: /^node:_http/ },
  { name: 'promises and ticks', pattern: /^node:internal\/(process\/task_queues|process\/promises)|^runMicrotasks$/ },
  { name: "Node's streams and sockets", pattern: /^node:/ },
];

const layerOf = (place: string): string => layers.find(({ pattern }) => pattern.test(place))?.name ?? 'others';

/** What has no file belongs to whoever called it, but for what the layers name themselves. */
const toPlaces = ({ nodes }: CpuProfile): Map<number, string> => {
  const places = new Map<number, string>();
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const place = (id: number, callers: string): void => {
    const node = byId.get(id)!;
    const { url, functionName } = node.callFrame;
    const isNamed = layerOf(functionName) !== 'others';
    const own = url || (isNamed ? functionName : callers);
    places.set(id, own);
    for (const child of node.children ?? []) place(child, url || callers);
  };
  place(nodes[0]!.id, '');
  return places;
};

/** µs of the main thread per answer that were spent in each layer's own code, the most first. */
export const toLayers = (profile: CpuProfile, answers: number): { name: string; us: number }[] => {
  const places = toPlaces(profile);
  const sums = new Map<string, number>();
  for (const [index, id] of profile.samples.entries()) {
    const name = layerOf(places.get(id) ?? '');
    sums.set(name, (sums.get(name) ?? 0) + (profile.timeDeltas[index] ?? 0));
  }
  sums.delete('waiting');
  return [...sums].map(([name, us]) => ({ name, us: us / answers })).toSorted((a, b) => b.us - a.us);
};
