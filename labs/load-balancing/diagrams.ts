/** Who talks to whom, and what the balancer holds of each server, which may be behind the truth. */
import type { LabDiagram } from 'system-design-labs/engine';

const servers = '^(?!balancer$|queue$)';

export const diagrams: readonly LabDiagram[] = [
  {
    kind: 'architecture',
    id: 'architecture',
    title: 'Architecture',
    parts: [
      { id: 'clients', title: 'clients', shape: 'user' },
      { id: 'balancer', title: 'balancer', nodes: '^balancer$' },
      { id: 'servers', title: 'server', nodes: servers },
    ],
    links: [
      { from: 'clients', to: 'balancer', label: 'requests' },
      { from: 'balancer', to: 'servers', label: 'requests and probes' },
    ],
  },
  {
    kind: 'states',
    id: 'health',
    title: 'Health of a server',
    nodes: servers,
    initial: 'in',
    states: [
      { id: 'in', title: 'in rotation', marks: ['{node} is back', '{node} is put back'] },
      { id: 'out', title: 'taken for down', marks: ['{node} is taken for down'] },
      { id: 'drained', title: 'drained', marks: ['{node} is drained'] },
    ],
    transitions: [
      { from: 'in', to: 'out', label: 'enough probes in a row fail' },
      { from: 'out', to: 'in', label: 'enough in a row succeed / slow start' },
      { from: 'in', to: 'drained', label: 'an operator takes it out' },
      { from: 'drained', to: 'in', label: 'an operator puts it back' },
    ],
  },
];
