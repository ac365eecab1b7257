import { ANY_KEY, toSafeKey } from './to-safe-key.ts';

/** So many answers tell what is usual: of the operation, and of each object in it that is not always there. */
export const LEARNT_AFTER = 20;

/** An object with more fields, or so many that come later, has keys that are data. */
const MAX_FIELDS = 100;
const MAX_LATER_FIELDS = 20;

/** One with so many fields of which none is always there, too. */
const LEAST_MAP_FIELDS = 5;

/** One place in the answers of an operation, and what is known of the values there. */
export class ShapeNode {
  /** As bits. */
  types = 0;
  /** Answers in which it was there and not null, and those in which it was an object. */
  seen = 0;
  asObject = 0;
  /** It is in each object of its kind, as long as that was learnt. */
  isAlways = true;
  /** It came when its object was known already. */
  isNew = false;
  /** Undefined while there are none, as in most places. */
  fields: Map<string, ShapeNode> | undefined;
  element: ShapeNode | undefined;
  /** Number of the walk that `count` and `objects` are of: how often it was there, and as an object. */
  walk = 0;
  count = 0;
  objects = 0;
  /** Number of the last walk in which it had another type. */
  retypedIn = 0;
  #isMap = false;
  #laterFields = 0;

  constructor(
    readonly parent?: ShapeNode,
    readonly key = '',
  ) {}

  get isLearnt(): boolean {
    return this.asObject > LEARNT_AFTER;
  }

  get path(): string {
    const before = this.parent?.path ?? '';
    if (this.key === '[]' || before === '') return before + this.key;
    return `${before}.${this.key}`;
  }

  /** What is known under that key; undefined when nothing is yet. */
  find(key: string): ShapeNode | undefined {
    return this.fields?.get(this.#isMap ? ANY_KEY : key) ?? this.fields?.get(this.nameOf(key));
  }

  nameOf(key: string): string {
    return this.#isMap ? ANY_KEY : toSafeKey(key);
  }

  add(key: string): ShapeNode {
    const field = new ShapeNode(this, this.nameOf(key));
    field.isNew = this.isLearnt && !this.#isMap && field.key !== ANY_KEY;
    field.isAlways = this.asObject === 1 && field.key !== ANY_KEY;
    if (field.isNew) this.#laterFields += 1;
    (this.fields ??= new Map<string, ShapeNode>()).set(field.key, field);
    return field;
  }

  /** To be called when an answer has been walked. @returns the fields that are missing in it */
  endWalk(): ShapeNode[] {
    const fields = [...(this.fields?.values() ?? [])];
    const absent = fields.filter((field) => (field.walk === this.walk ? field.count : 0) < this.objects);
    const missing = this.isLearnt ? absent.filter(({ isAlways }) => isAlways) : [];
    if (!this.isLearnt) for (const field of absent) field.isAlways = false;
    const hasNoAlways = this.asObject === LEARNT_AFTER && fields.every(({ isAlways }) => !isAlways);
    const isMap = fields.length > MAX_FIELDS || this.#laterFields > MAX_LATER_FIELDS;
    if (isMap || (hasNoAlways && fields.length >= LEAST_MAP_FIELDS)) this.becomeMap();
    return missing;
  }

  /** Its keys are data: none of them is told any more. */
  becomeMap(): void {
    this.#isMap = true;
    this.fields = undefined;
  }
}
