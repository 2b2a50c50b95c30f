/** Frames do not come in a tab that nobody looks at. */
const NO_FRAME_MS = 200;

/** Resolves once what was last asked to be shown is on the screen. */
export const framePainted = (): Promise<void> =>
  new Promise((resolve) => {
    const late = setTimeout(resolve, NO_FRAME_MS);
    // A frame's callback runs before the frame is painted, the task after it runs behind.
    requestAnimationFrame(() =>
      setTimeout(() => {
        clearTimeout(late);
        resolve();
      }),
    );
  });
