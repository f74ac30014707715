/** The states that coordinator and participants of either protocol go through, for one transaction after the other. */
import type { LabDiagram, StateMachine } from 'system-design-labs/engine';

const twoPhase = ['two-phase', 'impatient-yes', 'one-piece-back', 'last-piece'];
const threePhase = ['three-phase', 'bare-timeouts'];
const coordinator = '^coordinator$';
const participant = '^(inventory|delivery)$';

const participantOfTwo: StateMachine = {
  kind: 'states',
  id: 'participant-2pc',
  title: 'Participant',
  algorithms: twoPhase,
  nodes: participant,
  initial: 'free',
  states: [
    { id: 'free', title: 'free', status: 'free' },
    { id: 'uncertain', title: 'uncertain, holds locks', status: 'uncertain' },
    { id: 'committing', title: 'writes commit, holds locks', status: 'carrying out' },
  ],
  transitions: [
    { from: 'free', to: 'free', label: 'prepare, too little left / No' },
    { from: 'free', to: 'uncertain', label: 'prepare / prepared to disk, Yes' },
    { from: 'uncertain', to: 'committing', label: 'commit / to disk' },
    { from: 'committing', to: 'free', label: 'it is safe / locks off, acknowledge' },
    { from: 'uncertain', to: 'free', label: 'abort / give back' },
    { from: 'uncertain', to: 'uncertain', label: 'time-out / ask the coordinator' },
  ],
};

const participantOfThree: StateMachine = {
  ...participantOfTwo,
  id: 'participant-3pc',
  algorithms: threePhase,
  states: [...participantOfTwo.states, { id: 'pre-committed', title: 'pre-committed', status: 'pre-committed' }],
  transitions: [
    { from: 'free', to: 'free', label: 'prepare, too little left / No' },
    { from: 'free', to: 'uncertain', label: 'prepare / prepared to disk, Yes' },
    { from: 'uncertain', to: 'pre-committed', label: 'pre-commit / to disk, acknowledge' },
    { from: 'uncertain', to: 'free', label: 'abort, or survivors all uncertain' },
    { from: 'pre-committed', to: 'committing', label: 'commit, or survivors agree on it / to disk' },
    { from: 'pre-committed', to: 'free', label: 'back from a crash, hears abort' },
    { from: 'uncertain', to: 'committing', label: 'back from a crash, hears commit / to disk' },
    { from: 'committing', to: 'free', label: 'it is safe / locks off' },
  ],
};

export const diagrams: readonly LabDiagram[] = [
  {
    kind: 'states',
    id: 'coordinator-2pc',
    title: 'Coordinator',
    algorithms: twoPhase,
    nodes: coordinator,
    initial: 'idle',
    states: [
      { id: 'idle', title: 'idle', status: 'idle' },
      { id: 'voting', title: 'waits for votes', status: 'voting' },
      { id: 'committing', title: 'waits for acknowledgements', status: 'committing' },
    ],
    transitions: [
      { from: 'idle', to: 'voting', label: 'an order / prepare to all' },
      { from: 'voting', to: 'committing', label: 'all said Yes / commit to disk, then to all' },
      { from: 'voting', to: 'idle', label: 'a No, or time-out / abort to all' },
      { from: 'committing', to: 'committing', label: 'time-out / commit again' },
      { from: 'committing', to: 'idle', label: 'all acknowledged / forget' },
    ],
  },
  participantOfTwo,
  {
    kind: 'states',
    id: 'coordinator-3pc',
    title: 'Coordinator',
    algorithms: threePhase,
    nodes: coordinator,
    initial: 'idle',
    states: [
      { id: 'idle', title: 'idle', status: 'idle' },
      { id: 'voting', title: 'waits for votes', status: 'voting' },
      { id: 'pre-committing', title: 'waits for acknowledgements', status: 'pre-committing' },
      { id: 'asking', title: 'back from a crash, asks', status: 'asking' },
    ],
    transitions: [
      { from: 'idle', to: 'voting', label: 'an order / prepare to all' },
      { from: 'voting', to: 'pre-committing', label: 'all said Yes / pre-commit to disk, then to all' },
      { from: 'voting', to: 'idle', label: 'a No, or time-out / abort to all' },
      { from: 'pre-committing', to: 'idle', label: 'all acknowledged, or time-out / commit to all' },
      { from: 'asking', to: 'idle', label: 'a participant knows the outcome' },
    ],
  },
  participantOfThree,
  {
    kind: 'architecture',
    id: 'architecture',
    title: 'Architecture',
    parts: [
      { id: 'customer', title: 'customer', shape: 'user' },
      { id: 'coordinator', title: 'coordinator', nodes: coordinator },
      { id: 'log', title: 'its log', shape: 'store' },
      { id: 'participant', title: 'service', nodes: participant },
      { id: 'logs', title: 'log of each', shape: 'store' },
    ],
    links: [
      { from: 'customer', to: 'coordinator', label: 'order' },
      { from: 'coordinator', to: 'log', label: 'commit' },
      { from: 'coordinator', to: 'participant', label: 'prepare, commit, abort' },
      { from: 'participant', to: 'logs', label: 'prepared, commit' },
    ],
  },
];
