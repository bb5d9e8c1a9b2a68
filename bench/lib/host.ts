/** What the command that runs a benchmark knows of the machine, and the code in a page cannot. */
export interface HostFacts {
  /** Browser or Node, with its version. */
  readonly host: string;
  readonly cpu: string;
  readonly cores: number;
  /** The command as it was typed. */
  readonly command: string;
  readonly jaxVersion: string;
}

/** What every benchmark gives back to the command. */
export interface Outcome {
  /** For people: can be pasted into docs/performance.md. */
  readonly markdown: string;
  /** The same for programs. */
  readonly json: unknown;
}

/** A benchmark is a module that exports its `run`. */
export type Run<Options> = (
  options: Options,
  facts: HostFacts,
  tell: (line: string) => void,
) => Promise<Outcome>;
