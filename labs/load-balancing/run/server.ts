/** A server as a health check sees it: as long as its process runs, it answers. Requests are its station's business. */
import type { Context, Message, NodeProgram } from 'system-design-labs/engine';

export class Server implements NodeProgram<null> {
  initialState(): null {
    return null; // nothing to remember
  }

  onMessage(_state: null, _message: Message, _from: string, context: Context): void {
    context.reply({ type: 'alive' });
  }
}
