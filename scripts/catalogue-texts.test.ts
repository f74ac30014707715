import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  betweenMarks,
  catalogueTexts,
  inCatalogueOrder,
  labsByChapter,
  labsTable,
  type ToldLab,
} from './catalogue-texts.ts';

test('README, walkthrough and manifest name the labs that there are: npm run build:readme writes them', async () => {
  const texts = await catalogueTexts();
  assert.deepEqual(
    texts.map(({ file }) => file),
    ['README.md', 'media/walkthrough/open.md', 'package.json'],
  );
  for (const { file, is, must } of texts) assert.equal(is, must, `${file} is stale: npm run build:readme`);
});

const labs: ToldLab[] = [
  { id: 'queue', chapter: 'Communication', title: 'Queues', level: 'beginner', summary: 'Who waits?' },
  { id: 'b-tree', chapter: 'Data', title: 'B-tree', level: 'advanced', summary: 'Wide | flat.' },
  { id: 'a-tree', chapter: 'Data', title: 'A tree', level: 'beginner', summary: 'Narrow.' },
];

test('labs stand by chapter, in the order in which a learner meets them', () => {
  const ordered = inCatalogueOrder(labs);
  assert.equal(
    labsTable(ordered),
    [
      '| chapter | lab | level | what it is about |',
      '|---|---|---|---|',
      '| Data | **A tree** | beginner | Narrow. |',
      '|  | **B-tree** | advanced | Wide \\| flat. |',
      '| Communication | **Queues** | beginner | Who waits? |',
    ].join('\n'),
  );
  assert.equal(labsByChapter(ordered), '- **Data**: A tree · B-tree\n- **Communication**: Queues');
});

test('what stands around the marks stays, and a page without them is refused', () => {
  const page = 'Before.\n\n<!-- labs: written by npm run build:readme -->\nold\n<!-- /labs -->\n\nAfter.\n';
  const written = betweenMarks(page, 'new');
  assert.equal(
    written,
    'Before.\n\n<!-- labs: written by npm run build:readme -->\n\nnew\n\n<!-- /labs -->\n\nAfter.\n',
  );
  assert.equal(betweenMarks(written, 'new'), written);
  assert.throws(() => betweenMarks('Nothing.', 'new'), /no lines '<!-- labs/);
});
