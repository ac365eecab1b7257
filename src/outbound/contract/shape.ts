import type { Finding } from './contract-finding.ts';
import { ARRAY, NULL, OBJECT, tellTypes, toTypes } from './json-type.ts';
import { LEARNT_AFTER, ShapeNode } from './shape-node.ts';

/** What one walk looks at: 1 ms at most, whatever the answer. */
const MAX_DEPTH = 8;
const MAX_ELEMENTS = 20;
const MAX_VISITS = 4_000;

/** No object has so many fields: its keys are data. */
const MAX_KEYS = 1_000;

/** Places that are remembered of one operation. */
const MAX_NODES = 500;

export type Difference = Omit<Finding, 'operation'>;

/** What answers of one operation look like, learnt from the first of them. */
export class Shape {
  readonly #root = new ShapeNode();
  #nodes = 1;
  #walk = 0;
  #visits = 0;
  #objects: ShapeNode[] = [];
  #tell: (difference: Difference) => void = () => undefined;

  /** It knows what answers look like. */
  get isLearnt(): boolean {
    return this.#root.seen >= LEARNT_AFTER;
  }

  /** Looks at an answer, and tells how it differs from those that were learnt. */
  walk(answer: unknown, tell: (difference: Difference) => void): void {
    this.#walk += 1;
    this.#visits = 0;
    this.#objects = [];
    this.#tell = tell;
    this.visit(answer, this.#root, 0);
    for (const node of this.#objects) for (const { path, types } of node.endWalk()) this.tellMissing(path, types);
  }

  /** The place that leads to, as far as it is known. */
  find(keys: readonly PropertyKey[]): ShapeNode | undefined {
    let node: ShapeNode | undefined = this.#root;
    for (const key of keys) node = typeof key === 'number' ? node?.element : node?.find(String(key));
    return node;
  }

  private visit(value: unknown, node: ShapeNode, depth: number): void {
    const type = toTypes(value);
    this.#visits += 1;
    if (node.walk !== this.#walk) this.meet(node, type);
    node.count += 1;
    if (node.isNew) return;
    if (type === ARRAY) this.visitElements(value as unknown[], node, depth);
    else if (type === OBJECT) this.visitFields(value as Record<string, unknown>, node, depth);
    if ((node.types & type) === 0) this.meetType(node, type);
  }

  /** For the first time in this walk. */
  private meet(node: ShapeNode, type: number): void {
    node.walk = this.#walk;
    node.count = node.objects = 0;
    if (type !== NULL) node.seen += 1;
    if (node.isNew) this.#tell({ path: node.path, kind: 'new', to: tellTypes(type) });
  }

  /** What was only ever null is not known: that it is something is no change. */
  private meetType(node: ShapeNode, type: number): void {
    if (node.seen <= LEARNT_AFTER) node.types |= type;
    else if (node.retypedIn !== this.#walk) {
      node.retypedIn = this.#walk;
      this.#tell({ path: node.path || ROOT, kind: 'retyped', from: tellTypes(node.types), to: tellTypes(type) });
    }
  }

  private visitElements(values: readonly unknown[], node: ShapeNode, depth: number): void {
    if (values.length === 0 || this.isEnough(depth)) return;
    node.element ??= this.#nodes++ < MAX_NODES ? new ShapeNode(node, '[]') : undefined;
    if (node.element === undefined) return;
    const length = Math.min(values.length, MAX_ELEMENTS);
    for (let index = 0; index < length; index += 1) this.visit(values[index], node.element, depth + 1);
  }

  private visitFields(value: Record<string, unknown>, node: ShapeNode, depth: number): void {
    if (this.isEnough(depth)) return;
    if (node.objects === 0) {
      node.asObject += 1;
      this.#objects.push(node);
    }
    node.objects += 1;
    let keys = 0;
    for (const key in value) {
      if ((keys += 1) > MAX_KEYS) return node.becomeMap();
      const field = node.find(key) ?? (this.#nodes < MAX_NODES ? this.addTo(node, key) : undefined);
      if (field) this.visit(value[key], field, depth + 1);
    }
  }

  private addTo(node: ShapeNode, key: string): ShapeNode {
    this.#nodes += 1;
    return node.add(key);
  }

  private isEnough(depth: number): boolean {
    return depth >= MAX_DEPTH || this.#visits >= MAX_VISITS;
  }

  private tellMissing(path: string, types: number): void {
    this.#tell({ path, kind: 'missing', from: tellTypes(types) });
  }
}

/** The path of the whole answer. */
export const ROOT = '(root)';
