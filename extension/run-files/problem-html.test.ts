import assert from 'node:assert/strict';
import { test } from 'node:test';
import { problemHtml } from './problem-html.ts';

test('names and messages reach the page as text', () => {
  const page = problemHtml('<img src=x>.sdlrun', `the lab '"><script>x</script>' is not there`, '<b>Try again</b>');
  assert.doesNotMatch(page, /<img|<script|<b>/);
  assert.match(page, /The lab '&quot;&gt;&lt;script/);
});
