/** What stands in a panel, or over it, that cannot show what it should: what is wrong, and a way on. */
import { Component, type ComponentChildren } from 'preact';
import { Button, Icon } from '../ui/controls.tsx';
import { PlaygroundContext, usePlayground } from '../state/context.ts';

/** Shown while the host does not answer, or could not put together what the panel is to show. */
export function Trouble() {
  const playground = usePlayground();
  const { trouble, opened } = playground;
  if (playground.pulse.gone.value) {
    return (
      <div class="trouble" role="alert">
        <Icon name="debug-disconnect" />
        <p>
          System Design Labs does not answer: VS Code has restarted its extensions, or is very busy.{' '}
          {opened.value && 'What stands here is of before. '}
          <WayBack />
        </p>
      </div>
    );
  }
  if (trouble.value === '') return null;
  return (
    <div class="trouble" role="alert">
      <Icon name="warning" />
      <p>
        {opened.value
          ? 'This panel could not be brought up to date, so what stands here is of before: '
          : 'This panel could not be filled: '}
        {trouble.value}
      </p>
      <div class="trouble-ways">
        <Button onClick={() => playground.errands.tryAgain()}>Try again</Button>
        <a href="command:systemDesignLabs.showOutput">Show the log</a>
        <WayBack />
      </div>
    </div>
  );
}

/** A link, which works without the host. */
function WayBack() {
  return <a href={usePlayground().errands.wayBack}>Reload this panel</a>;
}

/** Keeps a mistake in one component from emptying the panel. */
export class Guarded extends Component<{ children: ComponentChildren }, { problem?: Error }> {
  static override contextType = PlaygroundContext;

  override componentDidCatch(problem: Error): void {
    this.setState({ problem });
    this.context?.errands.complain(problem.stack ?? problem.message);
  }

  override render() {
    const { problem } = this.state;
    if (!problem) return this.props.children;
    return (
      <main class="app">
        <div class="trouble" role="alert">
          <Icon name="error" />
          <p>This panel has come upon a mistake of ours and cannot show what it should: {problem.message}</p>
          <div class="trouble-ways">
            <Button onClick={() => this.setState({ problem: undefined as never })}>Show it again</Button>
            <a href="command:systemDesignLabs.showOutput">Show the log</a>
            <WayBack />
          </div>
        </div>
      </main>
    );
  }
}
