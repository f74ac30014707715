/** Where the count is kept, and who asks for it. */
import type { LabDiagram } from 'system-design-labs/engine';

export const diagrams: readonly LabDiagram[] = [
  {
    kind: 'architecture',
    id: 'architecture',
    title: 'Architecture',
    parts: [
      { id: 'clients', title: 'clients', shape: 'user' },
      { id: 'gateways', title: 'gateway', nodes: '^gateway-' },
      { id: 'store', title: 'store', shape: 'store', nodes: '^store$' },
    ],
    links: [
      { from: 'clients', to: 'gateways', label: 'requests' },
      { from: 'gateways', to: 'store', label: 'how many so far?' },
    ],
  },
];
