/** Mermaid text as a picture, to look at, to copy, to keep. Mermaid is loaded when the first picture is looked at. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { usePlayground } from '../../state/context.ts';
import { Button } from '../../ui/controls.tsx';
import { watchTheme } from '../../ui/theme.ts';

interface MermaidPictureProps {
  text: string;
  /** What it is, and where the same stands in words. */
  label: string;
  /** Beside the buttons. */
  note: string;
  /** Of the file that is proposed, without extension. */
  name: string;
}

export function MermaidPicture({ text, label, note, name }: MermaidPictureProps) {
  const playground = usePlayground();
  const box = useRef<HTMLDivElement>(null);
  const problem = useSignal('');
  const theme = useSignal(0);
  useEffect(() => watchTheme(() => theme.value++), []);
  useEffect(() => {
    let late = false;
    void (async () => {
      try {
        const { render } = await import('./render-mermaid.ts');
        const picture = await render(text, box.current!);
        // A picture that is finished after the cursor has moved on is dropped.
        if (!late && box.current) {
          box.current.replaceChildren(picture);
          problem.value = '';
        }
      } catch (error) {
        if (!late) problem.value = `This could not be drawn: ${(error as Error).message}`;
      }
    })();
    return () => {
      late = true;
    };
  }, [text, theme.value]);
  return (
    <>
      <div class="view-tools">
        <Button icon="copy" onClick={() => playground.errands.copy(text)}>
          Copy as Mermaid
        </Button>
        <Button icon="markdown" onClick={() => playground.errands.copy(`\`\`\`mermaid\n${text}\n\`\`\`\n`)}>
          Copy as Markdown
        </Button>
        <Button icon="save" onClick={() => playground.errands.saveText(`${name}.svg`, box.current?.innerHTML ?? '')}>
          Save SVG
        </Button>
        <span class="quiet">{note}</span>
      </div>
      {problem.value !== '' && <p class="failure-message">{problem.value}</p>}
      <div ref={box} class="diagram-box" tabIndex={0} role="img" aria-label={label} />
    </>
  );
}
