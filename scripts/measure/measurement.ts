/** What a measurement is, and what it measures: the package as it ships. */
import type { Figure } from './figure.ts';

/** The extension as it was packaged. */
export interface Subject {
  /** This platform's package. */
  vsix: string;
  /** The production build that is in it, with what only the packaging needs (meta.json). */
  dist: string;
}

export interface Measurement {
  /** The name it is asked for by. */
  name: string;
  title: string;
  /** How often it repeats what it times when nobody says otherwise. */
  repetitions: number;
  /** Whether it drives a browser. */
  browser: boolean;
  run(subject: Subject, repetitions: number): Promise<Figure[]>;
}
