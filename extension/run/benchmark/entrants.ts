/** Who takes part in a group: the version that ships, the one in the editor, the peers, the floor. */
import { createHash } from 'node:crypto';
import type { BenchmarkGroup } from '../../../labs/engine/benchmark/benchmark.ts';
import type { Prepared } from '../program/prepared.ts';
import type { Program } from '../run.ts';
import type { BenchmarkFiles } from './benchmark-files.ts';
import type { Entrant } from './contest.ts';
import type { ContenderSpec } from './messages.ts';
import type { RowFacts } from './rows.ts';

type Group = BenchmarkGroup<unknown>;

export interface EntrantsOptions {
  files: BenchmarkFiles;
  /** The learner's code, where it differs from what ships. */
  edited: Prepared | undefined;
  /** Algorithms that the learner added: they have no version that ships. */
  own: ReadonlySet<string>;
  /** Algorithms that were asked for. A sibling that was not stands as it ships. */
  asked: ReadonlySet<string>;
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
    const { files, edited, own, asked } = this.#options;
    const versions: Entrant<RowFacts>[] = [];
    if (!own.has(algorithm)) {
      const code = { kind: 'file' as const, url: files.lab };
      versions.push({
        facts: { contender: algorithm, kind: 'ours', version: files.version },
        spec: this.#spec(group, { kind: 'algorithm', code, algorithm }),
      });
    }
    if (edited && asked.has(algorithm)) {
      versions.push({
        facts: { contender: algorithm, kind: 'edited', version: versionOf(edited.program) },
        spec: this.#spec(group, { kind: 'algorithm', code: edited.code, algorithm }),
      });
    }
    return versions;
  }

  #spec(group: Group, subject: ContenderSpec['subject']): ContenderSpec {
    return { plan: this.#options.files.plan, group: group.name, size: group.size, subject };
  }
}

/** A name for a text: the first digits of a hash over its files, where they are known (they are, if it was bundled). */
function versionOf(program: Program): string {
  if (program.files.length === 0) return 'edited';
  const hash = createHash('sha256');
  for (const { sha256 } of program.files) hash.update(sha256);
  return hash.digest('hex').slice(0, 8);
}
