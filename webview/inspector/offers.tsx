/** Buttons that interfere: each makes a branch at the cursor. */
import { usePlayground } from '../state/context.ts';
import type { Offer } from '../state/actions.ts';
import { Button } from '../ui/controls.tsx';

export function Offers({ offers }: { offers: readonly Offer[] }) {
  const playground = usePlayground();
  return (
    <div class="view-actions" role="group" aria-label="Interfere: makes a branch at the cursor">
      {offers.map(({ icon, title, deed }) => (
        <Button
          key={title}
          {...(icon === undefined ? {} : { icon })}
          title="Makes a branch at the cursor"
          onClick={() => playground.interfere(deed)}
        >
          {title}
        </Button>
      ))}
    </div>
  );
}
