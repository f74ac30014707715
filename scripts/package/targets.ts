/** The platforms that get a package of their own, because esbuild's native binary differs. */

/** As the marketplace names them; `universal` carries no binary and falls back to Node's type stripping. */
export const targets = [
  'linux-x64',
  'linux-arm64',
  'darwin-x64',
  'darwin-arm64',
  'win32-x64',
  'win32-arm64',
  'universal',
] as const;

export type Target = (typeof targets)[number];

/** The target that runs here; universal where no other does. */
export function thisPlatform(): Target {
  return targets.find((target) => target === `${process.platform}-${process.arch}`) ?? 'universal';
}
