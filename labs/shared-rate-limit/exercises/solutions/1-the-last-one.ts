/** Solution of "the last one": there is room as long as the count is below the limit. */
import type { Context, Message, NodeProgram } from 'system-design-labs/engine';
import type { Site } from '../../shared-limit.ts';
import { StoreDecides } from '../../store-decides.ts';

export class RoomForOne extends StoreDecides {
  override store({ limit }: Site): NodeProgram {
    return {
      initialState: () => ({ count: 0 }),
      onMessage(state: Count, _message: Message, _from: string, context: Context) {
        const granted = state.count < limit;
        if (granted) state.count++;
        context.reply({ type: granted ? 'granted' : 'refused', granted });
      },
      status: ({ count }: Count) => `${count} of ${limit}`,
    };
  }
}

interface Count {
  count: number;
}
