/** The cluster at the cursor, carried on from one drawing to the next. */
import { useRef } from 'preact/hooks';
import { clusterSceneAt, type ClusterScene } from '../../labs/engine/scene/cluster-scene.ts';
import type { TraceView } from '../../labs/engine/scene/trace-view.ts';
import { usePlayground } from '../state/context.ts';
import { useCalm } from '../ui/calm.ts';

export function useCluster(): ClusterScene {
  const { trace, player } = usePlayground();
  const cursor = useCalm(player.cursor, 100);
  const earlier = useRef<{ trace: TraceView; scene: ClusterScene }>(undefined);
  const known = earlier.current?.trace === trace.value ? earlier.current.scene : undefined;
  const scene = clusterSceneAt(trace.value, cursor, known);
  earlier.current = { trace: trace.value, scene };
  return scene;
}
