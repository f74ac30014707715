/** What a peer's bundle looks like: its exports as the default export. */
export default { add: (a: number, b: number): string => `${a + b}` };
