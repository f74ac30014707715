/** Where the pictures are: tabs for the views that the run can fill, or an invitation while there is nothing to see. */
import { madeByOther } from '../../labs/engine/record/engine-version.ts';
import { deedInWords } from '../state/words.ts';
import type { Playground } from '../state/playground.ts';
import { Button, Icon } from '../ui/controls.tsx';
import { Tabs } from '../ui/tabs.tsx';
import { registry } from '../views/registry.ts';
import { usePlayground } from '../state/context.ts';
import { Failure } from './failure.tsx';
import { pictureOf } from './pictures.ts';

export function Stage() {
  const playground = usePlayground();
  const run = playground.run.value;
  if (!run) return <Invitation />;
  if (playground.labs.comes(run.summary.lab)) return null;
  // There is nothing to draw: in a narrow panel the results are out of sight, so it is said here.
  if (run.failure && playground.player.length.value === 0) return <Failure failure={run.failure} />;
  const { views } = playground;
  const tabs = views.offered.value.map((id) => ({ id, title: registry[id].title }));
  const active = views.active.value;
  const View = pictureOf(active);
  return (
    <Tabs label="Views" tabs={tabs} active={active} onChange={(id) => views.look(id)}>
      <Banner />
      {views.draws(active) && <View key={run.id} />}
    </Tabs>
  );
}

/** What one must know of the picture before one believes it. */
function Banner() {
  const playground = usePlayground();
  const run = playground.run.value!;
  const held = playground.player.length.value;
  const { events, dropped, state } = run.summary;
  const other = madeByOther(run.summary.engineVersion);
  return (
    <>
      {other !== '' && (
        <p class="banner" role="note">
          <Icon name="info" /> This run was {other}: run again, it may come out otherwise.
        </p>
      )}
      {playground.changed.value && (
        <p class="banner" role="note">
          <Icon name="info" /> The picture is of {titleOfRun(playground)}. What is chosen above has not been run yet.
        </p>
      )}
      {playground.views.nothing.value !== '' && (
        <p class="banner" role="note">
          <Icon name="info" /> {playground.views.nothing.value}
        </p>
      )}
      {state !== 'running' && dropped > 0 && (
        <p class="banner" role="note">
          <Icon name="info" /> The trace keeps the first {(events - dropped).toLocaleString('en-US')} of{' '}
          {events.toLocaleString('en-US')} events, the pictures are of these; the results are of all of them.
        </p>
      )}
      {(run.report?.unapplied ?? []).map((one) => (
        <p key={`${one.anchor} ${one.action}`} class="banner" role="note">
          <Icon name="warning" /> “{deedInWords(one)}” was not applied: event <span class="mono">{one.anchor}</span>,
          after which it was to happen, is not in this run, or there was nothing left to do it to.
        </p>
      ))}
      {(run.report?.ignored ?? []).map(({ what, why }) => (
        <p key={what} class="banner" role="note">
          <Icon name="warning" /> <span class="mono">{what}</span> does nothing in this run: {why}.
        </p>
      ))}
      {run.failure && held > 0 && run.failure.reason !== 'stopped' && (
        <p class="banner" role="note">
          <Icon name="info" /> This is what happened until the run failed.
        </p>
      )}
    </>
  );
}

/** A run by its algorithm, scenario and seed. */
function titleOfRun({ lab, run }: Playground): string {
  const { algorithm, scenario, seed } = run.value!.summary;
  const title = (entries: readonly { id: string; title: string }[] | undefined, id: string): string =>
    entries?.find((entry) => entry.id === id)?.title ?? id;
  return `${title(lab.value?.algorithms, algorithm)}, “${title(lab.value?.scenarios, scenario)}”, seed ${seed}`;
}

/** Nothing has been run yet: say what there is to see, and offer it. */
function Invitation() {
  const playground = usePlayground();
  const entry = playground.form.entry.value;
  if (!entry) {
    if (playground.labs.heads.value.length > 0) return null; // one is on its way
    return (
      <section class="invitation">
        <h2>No labs here</h2>
        <p>The extension was built without its labs. Install it again.</p>
      </section>
    );
  }
  const algorithm = playground.form.algorithmEntry.value;
  return (
    <section class="invitation">
      <InvitationRing />
      <h2>{entry.title}</h2>
      <p>{entry.summary}</p>
      <Button appearance="primary" icon="play" onClick={() => playground.start()}>
        Run {algorithm?.title ?? ''}
      </Button>
      <p class="quiet">
        What you see is drawn from what the code did. <br />
        <button type="button" class="link" onClick={() => playground.errands.openSource()}>
          Read the code first
        </button>
      </p>
    </section>
  );
}

/** A quiet emblem: a circle with a few points. */
function InvitationRing() {
  const points = [20, 75, 160, 235, 310];
  return (
    <svg class="emblem" viewBox="0 0 100 100" aria-hidden="true">
      <circle cx="50" cy="50" r="38" />
      {points.map((degrees, i) => {
        const angle = (degrees * Math.PI) / 180;
        return (
          <circle
            key={degrees}
            cx={50 + 38 * Math.cos(angle)}
            cy={50 + 38 * Math.sin(angle)}
            r="6"
            style={{ fill: `var(--series-${i + 1})` }}
          />
        );
      })}
    </svg>
  );
}
