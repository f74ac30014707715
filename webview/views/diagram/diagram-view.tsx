/** Diagrams to look at, to copy and to keep: the messages before the cursor, and those that the lab has of itself. */
import { signal } from '@preact/signals';
import { diagramsFor } from '../../../labs/engine/lab/diagram.ts';
import { usePlayground } from '../../state/context.ts';
import { Tabs, type Tab } from '../../ui/tabs.tsx';
import { viewState } from '../view-state.ts';
import { LabDiagramView } from './lab-diagram.tsx';
import { WindowDiagram } from './window-diagram.tsx';

/** The tab that is no diagram of the lab's. */
const messages: Tab<string> = { id: 'messages', title: 'Messages' };

/** Title of the diagram that is looked at, '' for the first. */
const useChosen = viewState(() => signal(''));

export function DiagramView() {
  const { lab, run, views } = usePlayground();
  const chosen = useChosen();
  const own = diagramsFor(lab.value?.diagrams ?? [], run.value?.summary.algorithm ?? '');
  const hasMessages = own.length === 0 || views.draws('sequence');
  const tabs = [...(hasMessages ? [messages] : []), ...own.map(({ id, title }) => ({ id, title }))];
  // Another algorithm has other diagrams of the same titles: what was looked at is looked at again.
  const active = tabs.find(({ title }) => title === chosen.value) ?? tabs[0]!;
  const diagram = own.find(({ id }) => id === active.id);
  const content = diagram ? <LabDiagramView key={diagram.id} diagram={diagram} /> : <WindowDiagram />;
  if (tabs.length === 1) return content;
  return (
    <Tabs
      label="Diagrams"
      tabs={tabs}
      active={active.id}
      onChange={(id) => (chosen.value = tabs.find((tab) => tab.id === id)!.title)}
    >
      {content}
    </Tabs>
  );
}
