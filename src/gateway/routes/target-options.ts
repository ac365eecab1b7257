/** Where a route, or a part of one, leads. */
export type TargetOptions = ProviderTarget | UpstreamTarget;

/** A service this application knows: its credential, its patience, its cache. */
export interface ProviderTarget {
  readonly kind: 'provider';
  readonly provider: string;
}

/** Servers of the route's own. */
export interface UpstreamTarget {
  readonly kind: 'upstream';
  readonly discovery: DiscoveryOptions;
  /** Before the path of every request, without a slash at its end. Default empty. */
  readonly basePath: string;
  /** Addresses that names may lead to. Default public; what is an address, or can only be internal, may be private anyway. */
  readonly network: 'public' | 'private';
  readonly balance: BalanceOptions;
  readonly ejection: EjectionOptions;
  /** Default: servers are judged by the calls to them only. */
  readonly probe?: ProbeOptions;
}

export type DiscoveryOptions =
  /** `origin`s, all with the same scheme. */
  | { readonly by: 'list'; readonly endpoints: readonly { readonly url: string; readonly weight: number }[] }
  /** All A and AAAA records of a name. */
  | {
      readonly by: 'dns';
      readonly name: string;
      readonly port: number;
      readonly scheme: 'http' | 'https';
      readonly dns: DnsOptions;
    }
  /** SRV records (RFC 2782): servers, ports, weights, priorities. */
  | { readonly by: 'srv'; readonly name: string; readonly scheme: 'http' | 'https'; readonly dns: DnsOptions }
  /** A file that lists them, YAML or JSON, read anew when it changes. */
  | { readonly by: 'file'; readonly path: string };

export interface DnsOptions {
  /** `address` or `address:port`. Default: the system's. */
  readonly servers: readonly string[];
  /** Longest until the name is asked about again, in ms; records with a shorter life are asked for sooner. Default 60,000. */
  readonly refreshMs: number;
}

export interface BalanceOptions {
  /** `p2c`: of two at random the one with fewer requests under way. Default p2c. */
  readonly method: 'p2c' | 'round-robin' | 'weighted' | 'hash';
  /** What `hash` goes by: the path, or a header of the request (lower case); one without it goes by its path. */
  readonly hashBy: 'path' | { readonly header: string };
  /** How long a server that is new, or back, has less than its share, in ms. Default 10,000. */
  readonly slowStartMs: number;
}

/** Leaving out servers that calls fail at. */
export interface EjectionOptions {
  /** Failures in a row that eject. Default 5. */
  readonly failures: number;
  /** How long the first time, in ms; n times as long the nth time. Default 30,000. */
  readonly forMs: number;
  /** Longest, in ms. Default 300,000. */
  readonly maxMs: number;
  /** Share of the servers that may be out at once. Default 0.5. */
  readonly maxShare: number;
}

/** Asking servers whether they are well. Any 2xx means yes. */
export interface ProbeOptions {
  readonly path: string;
  /** Default 15,000. */
  readonly intervalMs: number;
  /** Default 2,000. */
  readonly timeoutMs: number;
  /** Failures in a row that take a server out; one success brings it back. Default 2. */
  readonly failures: number;
}
