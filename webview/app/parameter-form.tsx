/** The lab's parameters, from its declaration: ranges, units, defaults, help, and what is wrong with a value. */
import type { ParameterEntry } from '../../labs/engine/lab/catalogue.ts';
import { formatFigure } from '../../labs/engine/scene/event-text.ts';
import { titleOf } from '../state/words.ts';
import { Dropdown, Icon, TextField } from '../ui/controls.tsx';
import { usePlayground } from '../state/context.ts';

export function ParameterForm() {
  const playground = usePlayground();
  const { form } = playground;
  const parameters = form.parameters.value;
  const unused = form.unused.value;
  if (parameters.length + unused.length === 0) return null;
  return (
    <details class="parameters">
      <summary>
        <span class="summary-title">Parameters</span>
        <span class="quiet summary-values">
          {parameters.map((one) => summaryOf(one, form.textOf(one))).join(' · ')}
        </span>
        {Object.keys(form.errors.value).length > 0 && (
          <span class="summary-error">
            <Icon name="error" /> a value is not accepted
          </span>
        )}
      </summary>
      <div class="parameter-grid">
        {parameters.map((parameter) => (
          <ParameterField key={`${form.lab.value}/${parameter.name}`} parameter={parameter} />
        ))}
      </div>
      {unused.length > 0 && <p class="parameter-note quiet">Without meaning here: {unused.map(nameOf).join(', ')}.</p>}
      <p class="parameter-note">
        {playground.run.value && playground.changed.value ? (
          <span class="pending">
            <Icon name="info" /> Changes apply to the next run.
          </span>
        ) : (
          <span class="quiet">Values are those of the scenario until you change them.</span>
        )}{' '}
        <button type="button" class="link" onClick={() => form.resetParameters()}>
          Back to the scenario's values
        </button>
      </p>
    </details>
  );
}

function ParameterField({ parameter }: { parameter: ParameterEntry }) {
  const playground = usePlayground();
  const { form } = playground;
  const text = form.textOf(parameter);
  if (parameter.type === 'choice') {
    return (
      <div title={parameter.help}>
        <Dropdown
          label={asLabel(titleOf(parameter))}
          value={text}
          options={parameter.options.map((option) => ({ id: option, title: option }))}
          onChange={(value) => form.setText(parameter.name, value)}
        />
      </div>
    );
  }
  return (
    <TextField
      label={asLabel(titleOf(parameter))}
      value={text}
      hint={rangeOf(parameter)}
      {...(parameter.help === undefined ? {} : { help: parameter.help })}
      error={form.errors.value[parameter.name]}
      onInput={(value) => form.setText(parameter.name, value)}
      onSubmit={() => playground.start()}
    />
  );
}

/** As a label begins; symbols such as ε stay what they are. */
function asLabel(text: string): string {
  return text.replace(/^[a-z]/, (letter) => letter.toUpperCase());
}

function rangeOf(parameter: ParameterEntry): string {
  if (parameter.type !== 'integer' && parameter.type !== 'number') return '';
  const unit = parameter.unit === undefined ? '' : ` ${parameter.unit}`;
  return `${formatFigure(parameter.min)} – ${formatFigure(parameter.max)}${unit}, default ${formatFigure(parameter.default)}`;
}

function summaryOf(parameter: ParameterEntry, text: string): string {
  const value = text.trim() !== '' && Number.isFinite(Number(text)) ? formatFigure(Number(text)) : text;
  return `${nameOf(parameter)} ${value}`;
}

/** As it stands within a sentence. */
function nameOf(parameter: ParameterEntry): string {
  return titleOf(parameter).toLowerCase();
}
