/**
 * The only file that knows @vscode/webview-ui-toolkit (archived upstream: replacing it is a change to this
 * file). It registers the form controls that the panel uses and gives their elements their types.
 *
 * Two traps. The toolkit reads the theme's colours on the window's `load` event, so this file must be part of
 * the first script. And vscode-elements must never be loaded beside it: both define `vscode-button`.
 */
import {
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeDropdown,
  vsCodeOption,
  vsCodeProgressRing,
  vsCodeTextField,
} from '@vscode/webview-ui-toolkit';
import type { HTMLAttributes } from 'preact';

/** Defines the custom elements; to be called once, before anything is rendered. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(
    vsCodeButton(),
    vsCodeDropdown(),
    vsCodeOption(),
    vsCodeProgressRing(),
    vsCodeTextField(),
  );
}

/** Attributes of a custom element: those of every element, and its own. */
type Control<Own> = HTMLAttributes<HTMLElement> & Own;

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'vscode-button': Control<{ appearance?: 'primary' | 'secondary' | 'icon'; disabled?: boolean }>;
      'vscode-dropdown': Control<{ value?: string; disabled?: boolean }>;
      'vscode-option': Control<{ value?: string; selected?: boolean }>;
      'vscode-progress-ring': Control<object>;
      'vscode-text-field': Control<{ value?: string; placeholder?: string | undefined; disabled?: boolean }>;
    }
  }
}
