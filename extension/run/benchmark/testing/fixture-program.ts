/** What a build makes of a plan and its lab: one module. */
export { default as lab } from './fixture-lab.ts';
export { default } from './fixture-odd-plan.ts';
