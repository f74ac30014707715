/** What the figures were taken on: without it they mean little to anybody else. */
import os from 'node:os';
import type { BenchmarkMachine } from '../../../labs/engine/protocol/panel.ts';

/** The machine and the Node that contenders run on here. */
export function thisMachine(): BenchmarkMachine {
  const processors = os.cpus();
  return {
    processor: (processors[0]?.model ?? 'unknown').trim(),
    cores: processors.length,
    platform: `${process.platform} ${process.arch}`,
    node: process.versions.node,
  };
}
