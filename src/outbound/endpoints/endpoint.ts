/** One of the servers behind an upstream. */
export interface Endpoint {
  /** Tells it from the upstream's others, and names it to operators, such as `http://10.0.0.1:8000`. */
  readonly id: string;
  /** What `Host` and certificate are about, such as `https://api.internal:8443`. */
  readonly origin: string;
  /** Where to connect; absent: where the origin's host leads, within what the egress policy allows it. */
  readonly address?: string;
  /** Its share of the calls, beside the weights of the others. 0: none, while another can be had. */
  readonly weight: number;
  /** Least first: one of a higher number is used while all before it are out (RFC 2782). */
  readonly priority: number;
}
