/**
 * How many pixels a view is drawn with while cameras move. A graphics card draws all of them in time; a processor that stands in for one
 * needs some 100 ms a picture, nearly all of it by the pixel, so moving pictures there have fewer pixels, and all of them at rest.
 */

/** A frame that takes longer than this is seen to stutter. */
const SLOW_FRAME_MS = 42;
/** What pixels are given up for. */
const AIM_FRAME_MS = 33;
/** Faster than this there is time for more pixels; at 60 Hz a frame takes 16.7 ms, however little is drawn. */
const FAST_FRAME_MS = 22;
/** At 30 Hz no frame is fast: what takes hardly longer than the fastest leaves time too. */
const NEARLY_FASTEST = 1.15;
const RISE = 1.12;
/** Below this a moving object can hardly be recognized. */
const SHARE_MIN = 0.3;

export class MotionDetail {
  /** The overview plays a move: it moves although no camera does. */
  isPlaying = false;
  private lastFrameMs = 0;
  private fastestMs = Infinity;
  private share = 1;

  constructor(private readonly camerasMove: () => boolean) {}

  /** Whether fewer pixels may do. */
  get isMoving(): boolean {
    return this.isPlaying || this.camerasMove();
  }

  /** Share of the pixels along one side of a picture to draw now, in (0, 1]. */
  get sideShare(): number {
    return this.isMoving ? this.share : 1;
  }

  /** Whether there is less time than all pictures would take. */
  get isShort(): boolean {
    return this.sideShare < 1;
  }

  /** Whether a picture that was drawn with this share may stay. */
  suffices(sideShare: number): boolean {
    return sideShare === 1 || this.isMoving;
  }

  /** A moving frame was drawn, and the page could draw the next one `frameMs` later. */
  frameTook(frameMs: number): void {
    // One late frame has many reasons; two have one.
    const steadyMs = Math.min(frameMs, this.lastFrameMs);
    this.lastFrameMs = frameMs;
    this.fastestMs = Math.min(frameMs, this.fastestMs);
    if (steadyMs > SLOW_FRAME_MS) this.share *= Math.sqrt(AIM_FRAME_MS / steadyMs);
    else if (frameMs < Math.min(SLOW_FRAME_MS, Math.max(FAST_FRAME_MS, NEARLY_FASTEST * this.fastestMs)))
      this.share *= RISE;
    this.share = Math.min(1, Math.max(SHARE_MIN, this.share));
  }
}
