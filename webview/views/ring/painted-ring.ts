/** The ring as it stands on the screen, for everything beside the canvases that tells of it. */
import type { RingScene } from '../../../labs/engine/scene/ring-scene.ts';

/**
 * A scene as it was painted: another object each time. The scene itself is carried on from event to event and stays the
 * same object, so a component that got it as a property would be taken for unchanged, and go on to show what was.
 */
export interface PaintedRing {
  readonly scene: RingScene;
}
