/** A run that ended badly. */
import type { RunFailure } from '../../labs/engine/protocol/failure.ts';
import { Button, Icon } from '../ui/controls.tsx';
import { usePlayground } from '../state/context.ts';

const failureTitles: Partial<Record<RunFailure['reason'], string>> = {
  request: 'This cannot be run',
  syntax: 'The code does not compile',
  missing: 'An import could not be found',
  threw: 'The code threw an error',
  rejected: 'A promise was rejected',
  refused: 'The engine refused what the code did',
  forecast: 'This run would take too long',
  deadline: 'The run did not finish in time',
  memory: 'The run used up its memory',
  exit: 'The code ended its own process',
  stopped: 'Stopped',
  gone: 'Your copy is gone',
  untrusted: 'This workspace is not trusted',
};

/** What ended the run, in plain words, and a way to the line. */
export function Failure({ failure }: { failure: RunFailure }) {
  const playground = usePlayground();
  const { location, reason } = failure;
  const name = location?.file.split(/[\\/]/).at(-1);
  return (
    <div class={reason === 'stopped' ? 'failure mild' : 'failure'} role="alert">
      <h2>
        <Icon name={reason === 'stopped' ? 'debug-stop' : 'error'} /> {failureTitles[reason] ?? 'The run failed'}
      </h2>
      <p class="failure-message">{failure.message}</p>
      {location && (
        <button type="button" class="link" onClick={() => playground.errands.openSource(location.file, location.line)}>
          <Icon name="go-to-file" /> {name}, line {location.line}
        </button>
      )}
      {(reason === 'gone' || reason === 'untrusted') && (
        <div class="failure-ways">
          <Button
            onClick={() => {
              playground.errands.chooseText('bundled');
              playground.start();
            }}
          >
            Run the bundled text
          </Button>
          {reason === 'gone' && <Button onClick={() => playground.errands.openLab()}>Open the lab</Button>}
        </div>
      )}
      {reason === 'forecast' && (
        <Button onClick={() => playground.start({ withoutDeadline: true })}>Run it all the same</Button>
      )}
    </div>
  );
}
