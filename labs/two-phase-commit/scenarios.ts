/**
 * The worlds that the protocols are put in. An intervention names the event after which it happens: both protocols
 * are alike up to the moment in which the votes are in, so that each scenario strikes both at the same point.
 */
import type { Scenario } from 'system-design-labs/engine';
import { answers } from './answers.ts';
import { tours } from './tours.ts';

/** The first Yes of the delivery service is on its way. */
const votedYes = 'delivery#6';
/** The coordinator has got the last vote, and has done nothing about it yet. */
const votesAreIn = 'coordinator#7';
/** The coordinator has told the inventory, and not yet the delivery service. */
const oneIsTold = 'coordinator#12';
/** It has told both. */
const bothAreTold = 'coordinator#13';

const twoOrders = 'burger×1, drink×2';

/** So many that no seed spares all of them. */
const twelveOrders = {
  orders: Array(3).fill('burger×1, fries×2, drink×1, pizza×1').join(', '),
  couriers: 'John, Jane, Jim, Joan, Jack, Jill, Jean, Jude, Joy, Jay, Jo, Jan',
};

export const scenarios: readonly Scenario[] = [
  {
    id: 'four-orders',
    title: 'Four orders',
    question: 'Which of four orders can be carried out, and what does each outcome cost in messages?',
    algorithm: 'two-phase',
    beside: { algorithm: 'three-phase' },
    tour: tours['four-orders'],
    answer: answers['four-orders'],
  },
  {
    id: 'all-well',
    title: 'All well',
    question: 'Who has to tell whom before everybody may be sure? And when exactly has it happened?',
    parameters: { orders: twoOrders },
    algorithm: 'two-phase',
    beside: { algorithm: 'three-phase' },
    tour: tours['all-well'],
    answer: answers['all-well'],
  },
  {
    id: 'out-of-stock',
    title: 'Out of stock',
    question: 'Five pizzas are ordered and there are three. Who has to hear about it, and who knows already?',
    parameters: { orders: 'pizza×5, pizza×3' },
    algorithm: 'two-phase',
    tour: tours['out-of-stock'],
    answer: answers['out-of-stock'],
  },
  {
    id: 'no-courier',
    title: 'No courier',
    question: 'The dish is locked when the delivery service says No. What becomes of it?',
    parameters: { orders: twoOrders, couriers: 'John' },
    algorithm: 'two-phase',
    beside: { parameters: { couriers: 'John, Jane' } },
    tour: tours['no-courier'],
    answer: answers['no-courier'],
  },
  {
    id: 'last-piece',
    title: 'The last piece',
    question: 'Three pizzas are left and three are ordered. Is three enough?',
    parameters: { orders: 'pizza×3' },
    algorithm: 'two-phase',
    beside: { algorithm: 'last-piece' },
    tour: tours['last-piece'],
    answer: answers['last-piece'],
  },
  {
    id: 'crash-before-vote',
    title: 'A service dies before its vote',
    question: 'The delivery service dies with the request in its hands. May the coordinator decide without it?',
    parameters: { orders: twoOrders },
    algorithm: 'two-phase',
    interventions: [{ anchor: 'delivery#1', action: 'crash', arguments: { node: 'delivery', for: 80 } }],
    tour: tours['crash-before-vote'],
    answer: answers['crash-before-vote'],
  },
  {
    id: 'crash-after-vote',
    title: 'A service dies after its vote',
    question: 'The delivery service dies right after its Yes. What must it still know when it is back, and from where?',
    parameters: { orders: twoOrders },
    algorithm: 'two-phase',
    beside: { algorithm: 'three-phase' },
    interventions: [{ anchor: votedYes, action: 'crash', arguments: { node: 'delivery', for: 200 } }],
    tour: tours['crash-after-vote'],
    answer: answers['crash-after-vote'],
  },
  {
    id: 'coordinator-crash',
    title: 'The coordinator dies',
    question: 'All have said Yes, and the coordinator dies before it tells anybody. What may the others do now?',
    algorithm: 'two-phase',
    beside: { algorithm: 'three-phase' },
    interventions: [{ anchor: votesAreIn, action: 'crash', arguments: { node: 'coordinator' } }],
    tour: tours['coordinator-crash'],
    answer: answers['coordinator-crash'],
  },
  {
    id: 'coordinator-returns',
    title: 'The coordinator returns',
    question: 'The same, but it comes back after a second, with nothing in its log. What does it presume?',
    parameters: { orders: twoOrders },
    algorithm: 'two-phase',
    beside: { algorithm: 'three-phase' },
    interventions: [{ anchor: votesAreIn, action: 'crash', arguments: { node: 'coordinator', for: 1000 } }],
    tour: tours['coordinator-returns'],
    answer: answers['coordinator-returns'],
  },
  {
    id: 'coordinator-crash-between',
    title: 'The coordinator dies between two messages',
    question: 'One service has been told, the other has not. Which of them may act, and on what grounds?',
    parameters: { orders: twoOrders },
    algorithm: 'three-phase',
    beside: { algorithm: 'bare-timeouts' },
    interventions: [{ anchor: oneIsTold, action: 'crash', arguments: { node: 'coordinator' } }],
    tour: tours['coordinator-crash-between'],
    answer: answers['coordinator-crash-between'],
  },
  {
    id: 'lost-messages',
    title: 'Lost messages',
    question: 'One message in seven gets lost. Which losses cost an order, and which only time?',
    parameters: { ...twelveOrders, loss: 0.15 },
    algorithm: 'two-phase',
    beside: { parameters: { loss: 0 } },
    tour: tours['lost-messages'],
    answer: answers['lost-messages'],
  },
  {
    id: 'late-messages',
    title: 'Late messages',
    question: 'The commit for the delivery service takes longer than anybody waits. Late or lost: can it tell?',
    parameters: { orders: twoOrders },
    algorithm: 'two-phase',
    beside: { algorithm: 'impatient-yes' },
    interventions: [
      { anchor: votesAreIn, action: 'delay', arguments: { from: 'coordinator', to: 'delivery', by: 150 } },
    ],
    tour: tours['late-messages'],
    answer: answers['late-messages'],
  },
  {
    id: 'partition',
    title: 'A partition',
    question: 'A cable is cut, and the delivery service is alone for a second. Dead or cut off: can it tell?',
    parameters: { orders: twoOrders },
    algorithm: 'three-phase',
    beside: { algorithm: 'two-phase' },
    interventions: [{ anchor: bothAreTold, action: 'cut', arguments: { node: 'delivery', for: 1000 } }],
    tour: tours.partition,
    answer: answers.partition,
  },
];
