/** The labs that the tests of this folder go through. */
import { existsSync, readdirSync } from 'node:fs';

/** Names the environment variable by which `npm test -- --lab NAME` asks for one lab alone. */
export const labVariable = 'SDL_LAB';

/** A lab as it stands in the tree. */
export interface LabUnderTest {
  name: string;
  /** Ends in a slash. */
  folder: URL;
  /** The default export of its `lab.ts`. */
  load(): Promise<unknown>;
}

const labs = new URL('../', import.meta.url);

/** All of them, or the one that is asked for. */
export const labsUnderTest: readonly LabUnderTest[] = readdirSync(labs)
  .filter((name) => existsSync(new URL(`${name}/lab.ts`, labs)))
  .filter((name) => name === (process.env[labVariable] ?? name))
  .map((name) => {
    const folder = new URL(`${name}/`, labs);
    const load = async (): Promise<unknown> =>
      ((await import(new URL('lab.ts', folder).href)) as { default: unknown }).default;
    return { name, folder, load };
  });

if (labsUnderTest.length === 0) throw new Error(`there is no lab '${process.env[labVariable]}' in labs/`);
