/** `npm run build:readme`: writes what README, walkthrough and manifest say of the labs. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { catalogueTexts } from './catalogue-texts.ts';
import { fail } from './fail.ts';
import { root } from './folders.ts';

try {
  for (const { file, is, must } of await catalogueTexts()) {
    if (is !== must) await writeFile(path.join(root, file), must);
    console.log(`${file}: ${is === must ? 'as it was' : 'written'}`);
  }
} catch (error) {
  fail(error);
}
