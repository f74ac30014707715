/** What a learner can do to any simulated run: the engine's own actions, with the figures that the panel gives them. */
import type { ClusterNode } from '../../labs/engine/scene/cluster-scene.ts';
import type { Deed } from './branch.ts';

/** A button's worth of interference. */
export interface Offer {
  icon?: string;
  title: string;
  deed: Deed;
}

function offer(icon: string, id: string, title: string, target: Deed['target'], more: Deed['more'] = {}): Offer {
  return { icon, title, deed: { action: { id, title }, target, more } };
}

/** What can be done to a node as it is at the moment. */
export function offersForNode({ name, condition, slowness, unsafeWrites }: ClusterNode): Offer[] {
  const node = { node: name };
  if (condition === 'absent') return [offer('add', 'join', 'Join', node)];
  if (condition === 'down') return [offer('debug-restart', 'restart', 'Restart', node)];
  const speed =
    slowness === 1
      ? offer('watch', 'slow', 'Make it 5 times slower', node, { factor: 5 })
      : offer('watch', 'slow', 'Back to its speed', node, { factor: 1 });
  const pause =
    condition === 'paused'
      ? offer('debug-continue', 'resume', 'Resume', node)
      : offer('debug-pause', 'pause', 'Pause', node);
  return [
    offer('flame', 'crash', 'Crash', node),
    pause,
    speed,
    offer('clock', 'skew', 'Set its clock 100 ms ahead', node, { offset: 100 }),
    // What is safe on a disk stays: only between a write and its sync is there something to lose.
    ...(unsafeWrites > 0
      ? [
          offer('save', 'lose-write', 'Lose its last disk write', node),
          offer('save-all', 'tear-write', 'Tear its last disk write', node),
        ]
      : []),
    offer('debug-disconnect', 'cut', 'Cut off', node),
    offer('plug', 'heal', 'Heal its links', node),
  ];
}

/** What can be done to a link between two nodes. */
export function offersForLink(from: string, to: string): Offer[] {
  const link = { from, to };
  return [
    offer('debug-disconnect', 'cut', 'Cut', link),
    offer('circle-slash', 'lose', 'Lose every other message', link, { share: 0.5 }),
    offer('watch', 'delay', 'Delay by 100 ms', link, { by: 100 }),
    offer('copy', 'duplicate', 'Double every other message', link, { share: 0.5 }),
    offer('plug', 'heal', 'Heal', link),
  ];
}

/** What can be done to a message on its way. @param name its sender and the sender's counter: `client#3` */
export function offersForMessage(name: string): Offer[] {
  const message = { message: name };
  return [
    offer('trash', 'drop', 'Drop it', message),
    offer('zap', 'deliver-now', 'Deliver it now', message),
    offer('copy', 'duplicate', 'Duplicate it', message),
    offer('watch', 'delay', 'Delay it by 100 ms', message, { by: 100 }),
  ];
}
