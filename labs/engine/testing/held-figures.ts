/** Holds a theory page to its figures: each stands in a sentence that a test computes or runs, or names no claim at all. */
import { readFileSync } from 'node:fs';

/** A piece of a page with figures in it. */
export interface HeldText {
  /** As it stands in the page, line breaks apart. */
  text: string;
  /** Throws when it is not so. Left out where nothing is claimed: a name, a year, a made-up example. */
  holds?: () => void;
}

/** Sections whose figures are years, volumes and other people's: nothing here can run them. */
const ofOthers = /^## (Where it is used|Further reading|Sources)[^]*?(?=^## |$(?![^]))/gm;
const fenced = /^```[^]*?^```$/gm;

/**
 * What in a page is not held.
 * @param page the page's file
 * @param held pieces of its text, which together must cover every figure in it
 * @returns sentences, empty when every figure is covered and every piece holds
 */
export function complaintsAboutFigures(page: URL, held: readonly HeldText[]): string[] {
  const text = folded(readFileSync(page, 'utf8').replace(fenced, '').replace(ofOthers, ''));
  const complaints: string[] = [];
  const covered = new Uint8Array(text.length);
  for (const piece of held) {
    const wanted = folded(piece.text);
    const at = text.indexOf(wanted);
    if (at < 0) complaints.push(`the page does not say '${wanted}'`);
    else covered.fill(1, at, at + wanted.length);
    try {
      piece.holds?.();
    } catch (error) {
      complaints.push(`'${wanted}': ${(error as Error).message}`);
    }
  }
  for (const { 0: figure, index } of text.matchAll(/\d[\d.,]*/g)) {
    if (covered[index] === 0) {
      complaints.push(`nothing holds the figure ${figure} in '…${text.slice(Math.max(0, index - 60), index + 60)}…'`);
    }
  }
  return complaints;
}

function folded(text: string): string {
  return text.replace(/\s+/g, ' ');
}
