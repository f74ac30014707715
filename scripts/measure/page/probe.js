/**
 * Runs in the workbench's page and in every frame of it, before anything else: notes when things happen, in
 * milliseconds since 1970, so that the notes of several frames can be compared. Read by `workbench.ts`.
 */
const notes = {
  /** The latest press of a mouse button. */
  pressed: 0,
  /** When the run on the screen was announced, when its first events came, when they were first painted. */
  started: 0,
  events: 0,
  painted: 0,
  /** Of every frame while `recording`: when it began, and how long the main thread took until it was painted. */
  frames: [],
  /** Bytes of what the panel was told when it opened, as JSON. */
  opening: 0,
  recording: false,
};
globalThis.measured = notes;

addEventListener('mousedown', () => (notes.pressed = Date.now()), true);

/** Calls back when what this frame draws has been handed on to be shown. */
function afterPaint(act) {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => {
    act();
    port1.close();
  };
  port2.postMessage(undefined);
}

/** Notes when the ring is next painted. */
function watchRing() {
  const { prototype } = CanvasRenderingContext2D;
  const methods = ['stroke', 'fill', 'fillRect'].map((name) => [name, prototype[name]]);
  for (const [name, method] of methods) {
    prototype[name] = function (...given) {
      if (this.canvas.closest('.ring-frame')) {
        for (const [own, original] of methods) prototype[own] = original;
        afterPaint(() => (notes.painted = Date.now()));
      }
      return method.apply(this, given);
    };
  }
}

let run;
function hear({ data }) {
  if (data?.type === 'open') notes.opening = new TextEncoder().encode(JSON.stringify(data)).length;
  // A panel that opens for a run learns of it with everything else that it is to show.
  const shown = data?.type === 'runStarted' ? data.run.id : data?.type === 'open' ? data.state.run : undefined;
  if (shown !== undefined && shown !== run) {
    run = shown;
    Object.assign(notes, { run, started: Date.now(), events: 0, painted: 0 });
  } else if (data?.type === 'frame' && data.run === run && data.length > 0 && notes.events === 0) {
    notes.events = Date.now();
    watchRing();
  }
}

// VS Code writes the panel's page into a frame that is there already, and that takes away every listener so far: ours
// comes back with the first that the panel registers. Twice is once.
const add = globalThis.addEventListener;
globalThis.addEventListener = function (type, ...given) {
  if (type === 'message') add.call(globalThis, 'message', hear);
  return add.call(this ?? globalThis, type, ...given);
};

/** Asks the host for events of a run as the panel does, and resolves with how long it took until they were here. */
notes.askForWindow = (run, from, to) =>
  new Promise((resolve) => {
    const asked = performance.now();
    const request = 2_000_000_000 + Math.floor(Math.random() * 1e6);
    const hear = ({ data }) => {
      if (data?.type !== 'frame' || data.request !== request || !data.last) return;
      removeEventListener('message', hear);
      afterPaint(() => resolve(performance.now() - asked));
    };
    add.call(globalThis, 'message', hear);
    notes.api.postMessage({ type: 'window', request, run, from, to });
  });

/** Goes to a share of the whole run, and resolves with how long it took until that was on the screen. */
notes.jumpTo = (share) => {
  const slider = document.querySelector('.whole-strip input');
  const began = performance.now();
  slider.value = String(Number(slider.max) * share);
  slider.dispatchEvent(new Event('change', { bubbles: true }));
  return new Promise((resolve) => {
    const look = () => {
      const there = !document.querySelector('.whole-words').textContent.startsWith('Fetching');
      if (there) resolve(performance.now() - began);
      else setTimeout(look, 4);
    };
    setTimeout(look, 4);
  });
};

// The panel takes the way to its host, of which there is one, before anybody else can.
let acquire;
Object.defineProperty(globalThis, 'acquireVsCodeApi', {
  configurable: true,
  get: () => acquire && (() => (notes.api = acquire())),
  set: (given) => (acquire = given),
});

const request = globalThis.requestAnimationFrame;
let frame;
globalThis.requestAnimationFrame = (callback) =>
  request((now) => {
    if (notes.recording && now !== frame) {
      const began = performance.now();
      afterPaint(() => notes.frames.push({ at: now, took: performance.now() - began }));
    }
    frame = now;
    callback(now);
  });
