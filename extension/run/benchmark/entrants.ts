/** Who takes part in a group: the version that ships, the one in the editor, the peers, the floor. */
import type { BenchmarkGroup } from '../../../labs/engine/benchmark/benchmark.ts';
import type { WorkerCode } from '../runner/messages.ts';
import type { BenchmarkFiles } from './benchmark-files.ts';
import type { Entrant } from './contest.ts';
import type { ContenderSpec } from './messages.ts';
import type { RowFacts } from './rows.ts';

type Group = BenchmarkGroup<unknown>;

export interface EntrantsOptions {
  files: BenchmarkFiles;
  /** The learner's code. */
  edited: WorkerCode | undefined;
  /** By algorithm: a name for its text in the editor, where it differs from what ships. */
  versions: ReadonlyMap<string, string>;
  /** Algorithms that the learner added: they have no version that ships. */
  own: ReadonlySet<string>;
}

export class Entrants {
  readonly #options: EntrantsOptions;

  constructor(options: EntrantsOptions) {
    this.#options = options;
  }

  /** Everyone who measures up in a group, and the peers that this build lacks. */
  of(group: Group, algorithms: readonly string[]): { entrants: Entrant<RowFacts>[]; absent: RowFacts[] } {
    const entrants = algorithms.flatMap((algorithm) => this.versions(group, algorithm));
    const absent: RowFacts[] = [];
    for (const peer of group.peers) {
      const found = this.#options.files.peer(peer.package);
      const facts: RowFacts = { contender: peer.title ?? peer.package, kind: 'peer', version: found?.version ?? '' };
      if (!found) {
        absent.push(facts);
        continue;
      }
      const title = peer.title === undefined ? {} : { title: peer.title };
      const subject = { kind: 'peer' as const, module: found.module, package: peer.package, ...title };
      entrants.push({ facts, spec: this.#spec(group, subject) });
    }
    const facts: RowFacts = { contender: group.floor.title, kind: 'floor', version: '' };
    entrants.push({ facts, spec: this.#spec(group, { kind: 'floor' }) });
    return { entrants, absent };
  }

  /** An algorithm as it ships and, last, as it stands in the editor; each where there is such a version. */
  versions(group: Group, algorithm: string): Entrant<RowFacts>[] {
    const { files, edited, own, versions } = this.#options;
    const found: Entrant<RowFacts>[] = [];
    const subject = { kind: 'algorithm' as const, algorithm };
    if (!own.has(algorithm)) {
      const facts = { contender: algorithm, kind: 'ours' as const, version: files.version };
      found.push({ facts, spec: this.#spec(group, subject) });
    }
    const version = versions.get(algorithm);
    if (edited && version !== undefined) {
      const facts = { contender: algorithm, kind: 'edited' as const, version };
      found.push({ facts, spec: { ...this.#spec(group, subject), code: edited } });
    }
    return found;
  }

  #spec(group: Group, subject: ContenderSpec['subject']): ContenderSpec {
    const code: WorkerCode = { kind: 'file', url: this.#options.files.plan };
    return { code, group: group.name, size: group.size, subject };
  }
}
