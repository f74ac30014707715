/** The tour under the picture: an offer in one line, or the step that the learner is at. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { TourQuestion } from '../../labs/engine/lab/tour.ts';
import { figure } from '../../labs/engine/lab/tour-text.ts';
import { usePlayground } from '../state/context.ts';
import { Button, Icon, IconButton, TextField } from '../ui/controls.tsx';
import type { Guide } from './guide.ts';
import { answered, numberIn, stepOf, type Said, type TourProgress } from './tour-progress.ts';
import { inWords } from './tour-run.ts';

export function TourCard({ guide }: { guide: Guide }) {
  const { tours } = usePlayground();
  const offer = guide.offer.value;
  if (!offer || !tours.value.offered) return null;
  if (guide.closed.value === offer.scenario.id) return <Closed guide={guide} />;
  const progress = guide.progress.value;
  return (
    <section class="tour" aria-label={`Tour: ${offer.scenario.title}`}>
      {progress ? <Step key={progress.step} guide={guide} progress={progress} /> : <Invitation guide={guide} />}
    </section>
  );
}

/** The way back to a tour that was closed. */
function Closed({ guide }: { guide: Guide }) {
  const button = useRef<HTMLButtonElement>(null);
  // Whoever closed it by keyboard is not left without a place.
  useEffect(() => {
    if (document.activeElement === document.body) button.current?.focus({ preventScroll: true });
  }, []);
  return (
    <p class="tour-closed">
      <button ref={button} type="button" class="link" onClick={() => guide.reopen()}>
        <Icon name="compass" /> Tour
      </button>
    </p>
  );
}

function Invitation({ guide }: { guide: Guide }) {
  const { tours } = usePlayground();
  const { lab, scenario, tour } = guide.offer.value!;
  const { questions, answers } = answered(tour, lab.id, scenario.id, tours.value.answers);
  return (
    <div class="tour-head">
      <Icon name="compass" />
      <p>
        <strong>Tour</strong>{' '}
        <span class="quiet">{answers > 0 ? `${answers} of ${questions} answered` : about(tour.steps)}</span>
      </p>
      <Button onClick={() => guide.begin()}>{answers > 0 ? 'Take it again' : 'Take the tour'}</Button>
      <IconButton icon="close" label="Close the tour" onClick={() => guide.close()} />
    </div>
  );
}

function about(steps: number): string {
  return `${steps} steps: look, guess, see why`;
}

function Step({ guide, progress }: { guide: Guide; progress: TourProgress }) {
  const { tour, step, phase, said } = progress;
  const { look, question, why, code } = stepOf(progress);
  const heading = useRef<HTMLHeadingElement>(null);
  const verdict = useRef<HTMLParagraphElement>(null);
  // Whoever takes the tour by keyboard goes on where the news is.
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
    heading.current?.closest('.tour')?.scrollIntoView({ block: 'nearest' });
  }, []);
  useEffect(() => {
    const { current } = verdict;
    if (!said || !current) return;
    current.focus({ preventScroll: true });
    // A card that scrolls goes on from here; where the whole page does, it does.
    const card = current.closest('.tour')!;
    card.scrollTop = current.offsetTop - 8;
    (card.scrollHeight > card.clientHeight ? card : current).scrollIntoView({ block: 'nearest' });
  }, [said]);
  const isLast = step === tour.steps.length - 1;
  return (
    <>
      <div class="tour-head">
        <h2 ref={heading} tabIndex={-1}>
          Step {step + 1} of {tour.steps.length}
        </h2>
        <IconButton
          icon="chevron-left"
          label="Previous step"
          disabled={step === 0}
          onClick={() => guide.go(step - 1)}
        />
        <IconButton icon="close" label="Close the tour" onClick={() => guide.close()} />
      </div>
      <Elsewhere guide={guide} />
      {phase === 'heading' ? (
        <Heading guide={guide} />
      ) : (
        <>
          <p>{guide.text(look.text)}</p>
          {question && <Question guide={guide} question={question} said={said} />}
          {said && (
            <p ref={verdict} tabIndex={-1} class={said.right ? 'tour-verdict right' : 'tour-verdict wrong'}>
              <Icon name={said.right ? 'pass' : 'error'} />
              <Verdict said={said} unit={question?.kind === 'number' ? question.unit : undefined} />
            </p>
          )}
          {said && 'choice' in said && !said.right && <Refutation guide={guide} progress={progress} />}
          {phase === 'explained' && (
            <>
              <p>
                <strong>Why.</strong> {guide.text(why)}
              </p>
              <div class="tour-actions">
                {isLast ? (
                  <Button appearance="primary" onClick={() => guide.close()}>
                    Done
                  </Button>
                ) : (
                  <Button appearance="primary" onClick={() => guide.go(step + 1)}>
                    Next
                  </Button>
                )}
                {code && (
                  <Button icon="go-to-file" onClick={() => guide.openCode()}>
                    Show the line in {code.file.slice(code.file.lastIndexOf('/') + 1)}
                  </Button>
                )}
              </div>
            </>
          )}
        </>
      )}
    </>
  );
}

/** On the way to the step's event. */
function Heading({ guide }: { guide: Guide }) {
  const { player } = usePlayground();
  const run = guide.run.value;
  if (run?.failure) {
    return (
      <div class="tour-actions">
        <p>The run failed, so there is nothing to see here.</p>
        <Button onClick={() => guide.begin()}>Try again</Button>
      </div>
    );
  }
  return (
    <div class="tour-actions">
      <p class="quiet">{player.playing.value ? 'Playing to where it happens …' : 'Waiting for the run …'}</p>
      {run?.report && <Button onClick={() => guide.skip()}>Skip there</Button>}
    </div>
  );
}

/** The learner looks at another run than the tour's. */
function Elsewhere({ guide }: { guide: Guide }) {
  const { shown } = usePlayground();
  const there = guide.contrast.value;
  const isContrast = there !== undefined && shown.value === there.id;
  if (!isContrast && !guide.isElsewhere.value) return null;
  return (
    <p class="tour-elsewhere">
      {isContrast ? 'On the screen is the other run. ' : 'The tour is about another run. '}
      <button type="button" class="link" onClick={() => guide.return()}>
        Back to the tour’s run
      </button>
    </p>
  );
}

function Question({ guide, question, said }: { guide: Guide; question: TourQuestion; said: Said | undefined }) {
  return (
    <div class="tour-question" role="group" aria-label="Question">
      <p>
        <strong>{guide.text(question.ask)}</strong>
      </p>
      {question.kind === 'number' ? (
        !said && <Guess guide={guide} unit={question.unit} />
      ) : (
        <ul class="tour-choices">
          {question.choices.map(({ text, misconception }, choice) => {
            const chosen = said && 'choice' in said && said.choice === choice;
            const shownRight = said && !misconception;
            // Once it is settled, only what was said and what is right.
            if (said && !chosen && !shownRight) return null;
            return (
              <li key={text}>
                <button
                  type="button"
                  class={shownRight ? 'right' : chosen ? 'wrong' : ''}
                  aria-disabled={said ? 'true' : undefined}
                  aria-pressed={said ? chosen : undefined}
                  onClick={() => guide.choose(choice)}
                >
                  <Icon name={shownRight ? 'pass' : chosen ? 'error' : 'circle-large'} />
                  <span>{text}</span>
                  {shownRight && <span class="visually-hidden"> (right)</span>}
                </button>
              </li>
            );
          })}
        </ul>
      )}
    </div>
  );
}

function Guess({ guide, unit }: { guide: Guide; unit: string | undefined }) {
  const text = useSignal('');
  const error = useSignal('');
  const answer = (): void => {
    const value = numberIn(text.value);
    if (value === undefined) error.value = 'Write a number, such as 120.';
    else guide.guess(value);
  };
  return (
    <div class="tour-guess">
      <TextField
        label={unit === undefined ? 'Your guess' : `Your guess, in ${unit}`}
        value={text.value}
        error={error.value}
        onInput={(value) => {
          text.value = value;
          error.value = '';
        }}
        onSubmit={answer}
      />
      <Button onClick={answer}>Answer</Button>
    </div>
  );
}

function Verdict({ said, unit = '' }: { said: Said; unit: string | undefined }) {
  if ('guess' in said) {
    const measured = `${figure(said.measured)} ${unit}`.trim();
    return (
      <span>
        {said.right ? `Near enough: it is ${measured}.` : `You said ${figure(said.guess)}; it is ${measured}.`}
      </span>
    );
  }
  return (
    <span>{said.right ? 'Right.' : `Not so. Behind it stands a belief: ${said.misconception?.belief ?? ''}`}</span>
  );
}

/** The answer to a belief, and the way to see it refuted. */
function Refutation({ guide, progress }: { guide: Guide; progress: TourProgress }) {
  const { said, contrast: state } = progress;
  const misconception = said && 'choice' in said ? said.misconception : undefined;
  if (!misconception) return null;
  const { answer, contrast, shownBy } = misconception;
  const { lab } = guide.offer.value!;
  const comparison = guide.comparison();
  return (
    <>
      <p>{guide.text(answer)}</p>
      {comparison && (
        <p class="tour-comparison">
          {comparison.title}: <strong>{comparison.here}</strong> here, <strong>{comparison.there}</strong> there.
        </p>
      )}
      {state === 'failed' && <p>The other run failed: look under Runs.</p>}
      {(contrast ?? shownBy) && (
        <div class="tour-actions">
          <Button icon={contrast ? 'git-compare' : 'eye'} disabled={state === 'running'} onClick={() => guide.refute()}>
            {contrast ? `See it run: ${inWords(contrast, lab)}` : 'Show me'}
          </Button>
        </div>
      )}
    </>
  );
}
